//! Answers of services as JSON. Times are RFC 3339 in Beijing time.

use jiff::{Timestamp, tz};
use serde_json::Value;

pub(super) mod access;
pub(super) mod adoption;
mod appointment;
mod burial;
mod case;
mod certificate;
pub(super) mod child_files;
pub(super) mod child_money;
pub(super) mod child_protection;
pub(super) mod child_roster;
mod item;
pub(super) mod kin;
pub(super) mod leaving;
mod memorial;
mod notice;
mod one_thing;
mod rating;
pub(super) mod rescue;
mod ripple;
pub(super) mod street;
pub(super) mod tasks;
mod visit;

pub(super) use appointment::{Appointment, AppointmentList, DayList, HallList, SlotList, Visitor};
pub(super) use burial::{
    BillList, Cemetery, CemeteryList, FreeTimeList, FuneralHomeList, HoldList, PlacePlan,
    PriceList, SpotHold, WaiverList,
};
pub(super) use case::{Case, CasePage, Document, Draft, DraftList, History, Statistics};
pub(super) use certificate::{Certificate, CertificatePage, Said, ShowCode};
pub(super) use item::{Item, ItemList};
pub(super) use memorial::{Memorial, MemorialList};
pub(super) use notice::{Notice, NoticePage};
pub(super) use one_thing::{
    OneThing, OneThingCorrection, OneThingForm, OneThingList, OneThingNumber,
};
pub(super) use rating::RatingList;
pub(super) use ripple::Foreseen;
pub(super) use visit::{
    Companion, Visit, VisitDayList, VisitFacilityList, VisitList, VisitSlotList,
};

/// RFC 3339 in Beijing time.
pub(super) fn beijing(at: Timestamp) -> String {
    at.display_with_offset(tz::offset(8)).to_string()
}

/// The same of a protobuf instant; empty when there is none.
pub(super) fn instant(at: Option<prost_types::Timestamp>) -> Option<String> {
    let at = at?;
    Timestamp::new(at.seconds, at.nanos).ok().map(beijing)
}

/// JSON text of a service as JSON.
fn json(text: &str) -> Option<Value> {
    if text.is_empty() {
        None
    } else {
        serde_json::from_str(text).ok()
    }
}

fn some(text: String) -> Option<String> {
    Some(text).filter(|text| !text.is_empty())
}

fn all<A: Into<B>, B>(list: Vec<A>) -> Vec<B> {
    list.into_iter().map(Into::into).collect()
}

/// An answer of a service whose fields are copied as they are.
macro_rules! wire {
    ($(#[doc = $doc:literal])* $name:ident from marriage::$source:ident $fields:tt) => {
        wire!($(#[doc = $doc])* $name of [yiwang_proto::marriage::v1::$source] $fields);
    };
    ($(#[doc = $doc:literal])* $name:ident from burial::$source:ident $fields:tt) => {
        wire!($(#[doc = $doc])* $name of [yiwang_proto::burial::v1::$source] $fields);
    };
    ($(#[doc = $doc:literal])* $name:ident from rescue::$source:ident $fields:tt) => {
        wire!($(#[doc = $doc])* $name of [yiwang_proto::rescue::v1::$source] $fields);
    };
    ($(#[doc = $doc:literal])* $name:ident from child::$source:ident $fields:tt) => {
        wire!($(#[doc = $doc])* $name of [yiwang_proto::child::v1::$source] $fields);
    };
    ($(#[doc = $doc:literal])* $name:ident from $source:ident $fields:tt) => {
        wire!($(#[doc = $doc])* $name of [yiwang_proto::casework::v1::$source] $fields);
    };
    (
        $(#[doc = $doc:literal])*
        $name:ident of [$source:path] {
            $($field:ident: $type:ty = |$value:ident| $convert:expr),* $(,)?
        }
    ) => {
        $(#[doc = $doc])*
        #[derive(serde::Serialize, schemars::JsonSchema)]
        pub(in crate::rest) struct $name {
            $($field: $type,)*
        }

        impl From<$source> for $name {
            fn from(source: $source) -> Self {
                Self { $($field: { let $value = source.$field; $convert },)* }
            }
        }
    };
}
use wire;

/// A list under its name.
macro_rules! list {
    ($(#[doc = $doc:literal])* $name:ident { $field:ident: $of:ident }) => {
        $(#[doc = $doc])*
        #[derive(serde::Serialize, schemars::JsonSchema)]
        pub(in crate::rest) struct $name {
            $field: Vec<$of>,
        }

        impl<T: Into<$of>> From<Vec<T>> for $name {
            fn from(found: Vec<T>) -> Self {
                Self { $field: $crate::rest::wire::all(found) }
            }
        }
    };
}
use list;
