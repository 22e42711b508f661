"""Parcels: bundles, manifests, keys and receipts, with no database and no planning rule."""
