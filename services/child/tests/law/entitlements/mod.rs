//! Orphans and children in fact unattended 孤儿、事实无人抚养儿童 (rules B2.1 to B2.3, B3).
