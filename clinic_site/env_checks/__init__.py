"""What each environment variable may say: text in, value out; ValueError carries what to write instead."""
