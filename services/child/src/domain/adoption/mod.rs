//! Adoption, its end, its proof, foster care (rules B2.10, B2.11): pure.
