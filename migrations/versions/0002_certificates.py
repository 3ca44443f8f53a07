"""Lines of instruments, the keys that sign them, and cases that replace certificates.

Revision ID: 0002
Revises: 0001
"""
