"""What a language model is asked, and its text as it comes → statements whose markers are made by code."""
