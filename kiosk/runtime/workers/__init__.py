"""Parts that do something for the visit in threads or processes of their own."""
