"""How a source becomes records: read, paginate, lay out, outline, cut, extract, build."""
