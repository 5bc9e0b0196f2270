//! The drawing of an area, and the same by row in words.

use yiwang_proto::burial::v1 as pb;

use super::href;

/// Families that do not know each other lie there.
pub(super) fn shared(kind: &str) -> bool {
    ["tree", "flower", "lawn", "wall", "tower", "sea"].contains(&kind)
}

/// How many more may be laid to rest in a place.
pub(super) fn left(spot: &pb::PlacedSpot) -> i32 {
    (spot.capacity - spot.used - spot.held).max(0)
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
    pub(crate) free: Vec<FreePlace>,
}

/// A free place of a row.
pub(crate) struct FreePlace {
    pub(crate) number: i32,
    pub(crate) label: String,
    /// How many are left of a place that families share; 0: it is one family's.
    pub(crate) left: i32,
    pub(crate) href: String,
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
                true if shared(&spot.kind) => {
                    format!("{}，可选，还能安放{}位", spot.label, left(spot))
                }
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
                line.free.push(FreePlace {
                    number: spot.place,
                    label: spot.label.clone(),
                    left: match shared(&spot.kind) {
                        true => left(spot),
                        false => 0,
                    },
                    href: to(spot),
                });
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
    use super::{super::Chosen, *};

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
        assert_eq!(drawn.lines[0].free[0].left, 0, "one family's");
    }

    #[test]
    fn a_tree_says_how_many_are_left() {
        let tree = pb::PlacedSpot {
            id: "t".into(),
            label: "香樟树葬区1排1号".into(),
            kind: "tree".into(),
            capacity: 6,
            used: 2,
            held: 1,
            free: true,
            ..Default::default()
        };
        let plan = pb::PlacePlan {
            spots: vec![tree],
            ..Default::default()
        };
        let drawn = Plan::of(&plan, "");
        assert_eq!(drawn.spots[0].title, "香樟树葬区1排1号，可选，还能安放3位");
        assert_eq!(drawn.lines[0].free[0].left, 3);
        let chosen = Chosen::of(&plan, "t").unwrap();
        assert!(chosen.shared);
        assert_eq!(chosen.left, 3);
    }
}
