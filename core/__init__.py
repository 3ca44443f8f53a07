"""What no room owns: people, cases, workflow, documents, messages and the pages' frame."""
