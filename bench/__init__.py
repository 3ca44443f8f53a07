"""What the platform costs at the size of a country, measured against its goals."""
