"""How a question finds passages: encode, search words and meaning, add them up."""
