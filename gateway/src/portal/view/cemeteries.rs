//! Cemeteries, and the plan on which a place is chosen: plain SVG whose free places are links,
//! and a table that says the same.

mod plan;

use askama::Template;
use jiff::Timestamp;
use yiwang_proto::burial::v1 as pb;

pub(crate) use self::plan::Plan;
use self::plan::{left, shared};
use super::{Chrome, Trouble, chrome::query, format, prices::amount};

/// The address of a cemetery's page.
pub(crate) fn href(code: &str, pairs: &[(&str, &str)]) -> String {
    query(&format!("/cemeteries/{code}"), pairs)
}

/// Those around a place.
#[derive(Template)]
#[template(path = "cemeteries/list.html")]
pub(crate) struct Cemeteries {
    pub(crate) chrome: Chrome,
    pub(crate) holds: Vec<HoldView>,
    pub(crate) place: String,
    pub(crate) told: String,
    pub(crate) found: Vec<Link>,
}

/// A cemetery or columbarium.
pub(crate) struct Link {
    pub(crate) code: String,
    pub(crate) name: String,
    pub(crate) kind: &'static str,
    pub(crate) address: String,
    pub(crate) phone: String,
    pub(crate) free: i32,
    /// Whom it serves, in a sentence.
    pub(crate) serves: String,
    pub(crate) href: String,
}

impl Link {
    pub(crate) fn of(one: pb::Cemetery) -> Self {
        Self {
            href: href(&one.code, &[]),
            kind: match one.kind.as_str() {
                "columbarium" => "骨灰堂",
                "urban_public" => "城市公益性公墓",
                "rural_public" => "农村公益性公墓",
                "commercial" => "经营性公墓",
                _ => "殡仪馆",
            },
            serves: match (one.public_benefit, one.serves.is_empty()) {
                (false, _) => String::new(),
                (true, true) => "只服务本县（市、区）的户籍和常住居民。".to_owned(),
                (true, false) => format!("只服务{}的户籍和常住居民。", one.serves.join("、")),
            },
            code: one.code,
            name: one.name,
            address: one.address,
            phone: one.phone,
            free: one.free,
        }
    }
}

/// A place that the reader holds.
pub(crate) struct HoldView {
    pub(crate) facility: String,
    pub(crate) area: String,
    pub(crate) spot: String,
    pub(crate) label: String,
    /// 10:32
    pub(crate) until: String,
    /// Idempotency key of its button.
    pub(crate) key: String,
}

impl HoldView {
    pub(crate) fn of(hold: &pb::SpotHold, key: String) -> Self {
        let until: Option<Timestamp> = hold.held_until.parse().ok();
        Self {
            facility: hold.facility.clone(),
            area: hold.area.clone(),
            spot: hold.spot.clone(),
            label: hold.label.clone(),
            until: until.map_or_else(String::new, format::clock_time),
            key,
        }
    }

    fn here(&self) -> String {
        href(&self.facility, &[])
    }
}

/// A cemetery with the plan of one of its areas.
#[derive(Template)]
#[template(path = "cemeteries/plan.html")]
pub(crate) struct CemeteryPage {
    pub(crate) chrome: Chrome,
    pub(crate) told: &'static str,
    pub(crate) problems: Vec<Trouble>,
    /// The next free places, after somebody else was first.
    pub(crate) others: Vec<(String, String)>,
    /// Of whoever is signed in: they may hold a place.
    pub(crate) csrf: Option<String>,
    pub(crate) key: String,
    pub(crate) holds: Vec<HoldView>,
    pub(crate) cemetery: Link,
    pub(crate) areas: Vec<AreaTab>,
    pub(crate) area: String,
    /// Row and place that were typed.
    pub(crate) at: Option<(i32, i32)>,
    pub(crate) plan: Option<Plan>,
    pub(crate) chosen: Option<Chosen>,
}

/// An area to choose.
pub(crate) struct AreaTab {
    pub(crate) name: String,
    pub(crate) kind: String,
    pub(crate) free: i32,
    /// How many more may be laid to rest there.
    pub(crate) room: i32,
    /// Empty when the list has none.
    pub(crate) price: String,
    pub(crate) href: String,
    pub(crate) current: bool,
}

impl AreaTab {
    pub(crate) fn of(area: &pb::PlaceArea, current: &str, prices: &[pb::Price]) -> Self {
        let own = |price: &&pb::Price| {
            price.code == area.price
                && (price.facility.is_empty() || price.facility == area.facility)
        };
        // A price of its own goes before that of the county.
        let price = prices
            .iter()
            .filter(own)
            .max_by_key(|price| price.facility.len());
        Self {
            price: price.map_or_else(String::new, amount),
            name: area.area.clone(),
            kind: area.kind_label.clone(),
            free: area.free,
            room: area.room,
            href: href(&area.facility, &[("area", &area.area)]),
            current: area.area == current,
        }
    }
}

/// The place that is looked at.
pub(crate) struct Chosen {
    pub(crate) id: String,
    pub(crate) label: String,
    /// 60×80厘米
    pub(crate) size: String,
    pub(crate) capacity: i32,
    /// How many of them are left, where several families share it.
    pub(crate) left: i32,
    pub(crate) shared: bool,
    pub(crate) state: String,
    pub(crate) free: bool,
}

impl Chosen {
    pub(crate) fn of(plan: &pb::PlacePlan, id: &str) -> Option<Self> {
        let spot = plan.spots.iter().find(|spot| spot.id == id)?;
        Some(Self {
            id: spot.id.clone(),
            label: spot.label.clone(),
            size: format!("{}×{}厘米", spot.width_cm, spot.depth_cm),
            capacity: spot.capacity,
            left: left(spot),
            shared: shared(&spot.kind),
            state: spot.state_label.clone(),
            free: spot.free,
        })
    }
}
