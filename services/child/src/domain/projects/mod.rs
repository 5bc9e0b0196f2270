//! 明天计划 and 助学工程 (rules B2.12): pure.
