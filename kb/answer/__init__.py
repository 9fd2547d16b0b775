"""Question and hits -> a short answer whose every sentence is cited, or a reasoned refusal."""
