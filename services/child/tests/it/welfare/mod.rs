//! Files of children, visits, entrusted care, directors and stations (rules B2.4 to B2.6).

mod carer;
mod desk;
mod file;
mod network;
mod overdue;
mod phone;
mod roster;
