//! Order 殡葬秩序 (rules F18, F19): illegal graves on the map, and cases of law enforcement.

mod enforcement;
mod remediation;
