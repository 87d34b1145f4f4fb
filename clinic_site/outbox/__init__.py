"""The outbox: mail that must arrive. Queued in the caller's transaction, sent by the worker, tried again for hours."""
