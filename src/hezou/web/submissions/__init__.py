"""The register of submissions, submitting and adoption."""
