"""The demo agency: a small bureau with some weeks of work, made through the product's own actions."""
