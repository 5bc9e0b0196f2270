//! Stations, places and articles are entered and changed; stock comes in and is written off.

mod articles;
mod checks;
mod meal;
mod place;
mod station;

pub(super) use self::{
    articles::{article, save_article, stock},
    meal::serve,
    place::place,
    station::{station, station_out},
};
