//! Journeys home, foster placement, settlement (rules R07 to R11).
