"""What leaves the office's database as a document: pictures, the summary, the XhD draft."""
