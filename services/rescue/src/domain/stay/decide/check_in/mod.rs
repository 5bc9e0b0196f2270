//! 到站, 初检, 安检, 求助登记, 不予救助 (rules R02, R03).

mod door;
mod eligible;
mod register;
mod screen;
mod security;

pub(in super::super) use self::door::submit;
pub(super) use self::{
    door::{minutes_clock, no_station, settle_person},
    eligible::{found, refuse},
    register::{not_elsewhere, register, sex},
    screen::screen,
    security::{listed, security, wrong_things},
};
