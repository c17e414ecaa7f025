"""The central server: captures, cases, staff, calls and the pages of the desk."""
