"""HTTP: the provider's webhooks, and health."""
