"""What the pages of single records show: records put together, no words of our own, no HTML."""
