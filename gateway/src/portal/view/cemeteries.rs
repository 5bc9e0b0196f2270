//! Cemeteries, and the plan on which a place is chosen: plain SVG whose free places are links,
//! and a table that says the same.

use askama::Template;
use jiff::Timestamp;
use yiwang_proto::burial::v1 as pb;

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
    pub(crate) plan: Option<Plan>,
    pub(crate) chosen: Option<Chosen>,
}

/// An area to choose.
pub(crate) struct AreaTab {
    pub(crate) name: String,
    pub(crate) kind: String,
    pub(crate) free: i32,
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
            free: spot.free,
        })
    }
}

/// The drawing, in centimetres.
pub(crate) struct Plan {
    pub(crate) width: i32,
    pub(crate) height: i32,
    pub(crate) spots: Vec<Drawn>,
    /// The same by row, for the table.
    pub(crate) lines: Vec<Line>,
}

/// A place on it.
pub(crate) struct Drawn {
    pub(crate) x: i32,
    pub(crate) y: i32,
    pub(crate) width: i32,
    pub(crate) height: i32,
    /// free, taken or chosen
    pub(crate) class: &'static str,
    /// 松鹤区3排5号，可选
    pub(crate) title: String,
    /// Empty when it leads nowhere.
    pub(crate) href: String,
    /// Its number in the row, and where that is written.
    pub(crate) place: i32,
    pub(crate) text_x: i32,
    pub(crate) text_y: i32,
}

/// A row of places.
pub(crate) struct Line {
    pub(crate) number: i32,
    /// Number and address of the free ones.
    pub(crate) free: Vec<(i32, String)>,
}

impl Plan {
    pub(crate) fn of(plan: &pb::PlacePlan, chosen: &str) -> Self {
        let (facility, area) = plan.area.as_ref().map_or(("", ""), |area| {
            (area.facility.as_str(), area.area.as_str())
        });
        let to = |spot: &pb::PlacedSpot| Self::spot_href(facility, area, &spot.id);
        let drawn = |spot: &pb::PlacedSpot| Drawn {
            x: spot.x_cm,
            y: spot.y_cm,
            width: spot.width_cm,
            height: spot.depth_cm,
            class: match (spot.id == chosen, spot.free) {
                (true, _) => "chosen",
                (false, true) => "free",
                (false, false) => "taken",
            },
            title: match spot.free {
                true => format!("{}，可选", spot.label),
                false => format!("{}，{}", spot.label, spot.state_label),
            },
            href: match spot.free {
                true => to(spot),
                false => String::new(),
            },
            place: spot.place,
            text_x: spot.x_cm + spot.width_cm / 2,
            text_y: spot.y_cm + spot.depth_cm / 2,
        };
        let mut lines: Vec<Line> = Vec::new();
        for spot in &plan.spots {
            if lines.iter().all(|line| line.number != spot.line) {
                lines.push(Line {
                    number: spot.line,
                    free: vec![],
                });
            }
            let line = lines.iter_mut().find(|line| line.number == spot.line);
            if let Some(line) = line.filter(|_| spot.free) {
                line.free.push((spot.place, to(spot)));
            }
        }
        Self {
            width: plan.width_cm,
            height: plan.height_cm,
            spots: plan.spots.iter().map(drawn).collect(),
            lines,
        }
    }

    /// A free place as a link: address and label.
    pub(crate) fn other(
        facility: &str,
        area: &str,
        (id, label): (String, String),
    ) -> (String, String) {
        (Self::spot_href(facility, area, &id), label)
    }

    fn spot_href(facility: &str, area: &str, id: &str) -> String {
        let page = href(facility, &[("area", area), ("spot", id)]);
        format!("{page}#chosen")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_free_places_lead_somewhere() {
        let spot = |id: &str, place, free| pb::PlacedSpot {
            id: id.into(),
            label: format!("松鹤区1排{place}号"),
            line: 1,
            place,
            free,
            state_label: "已使用".into(),
            ..Default::default()
        };
        let plan = pb::PlacePlan {
            area: Some(pb::PlaceArea {
                facility: "421224100-GM01".into(),
                area: "松鹤区".into(),
                ..Default::default()
            }),
            spots: vec![spot("a", 1, false), spot("b", 2, true), spot("c", 3, true)],
            ..Default::default()
        };
        let drawn = Plan::of(&plan, "c");
        let classes: Vec<_> = drawn.spots.iter().map(|spot| spot.class).collect();
        assert_eq!(classes, ["taken", "free", "chosen"]);
        assert_eq!(drawn.spots[0].href, "");
        assert_eq!(drawn.spots[0].title, "松鹤区1排1号，已使用");
        assert!(drawn.spots[1].href.ends_with("spot=b#chosen"));
        assert_eq!(drawn.lines.len(), 1);
        assert_eq!(drawn.lines[0].free.len(), 2);
    }
}
