"""How a question finds passages: encode, search words and meaning, fuse."""
