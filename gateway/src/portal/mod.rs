//! The portal: server-rendered pages for citizens and officers.
//!
//! ```text
//! form/   a form from its JSON Schema, and back      pure
//! view/   pages as data with their templates          pure
//! desk    who is asking, in which size of print
//! body    what a browser posted, files included
//! the rest: one file of handlers per part of the site
//! ```
//! Everything works without JavaScript; `assets/portal.js` and its kin only save detours.

mod account;
mod apply;
mod archive;
pub(crate) mod assets;
mod bills;
mod body;
mod book;
mod burial_office;
mod case;
mod cemeteries;
mod certificates;
mod child;
mod demo;
mod desk;
mod failure;
pub(crate) mod form;
mod funeral;
mod hall;
mod login;
mod memorials;
mod mine;
mod near;
mod notices;
mod on_phone;
mod one_thing;
mod prefill;
mod prices;
mod public;
mod rating;
mod register;
mod rescue;
mod second_step;
mod statistics;
mod table;
pub(crate) mod view;
mod visits;
mod work;

pub(crate) use desk::wants_large_print;
pub(crate) use failure::error_page;
pub(crate) use table::table;
