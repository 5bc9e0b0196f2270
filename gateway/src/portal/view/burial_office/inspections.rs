//! Draws of inspections.

use askama::Template;
use yiwang_civic::division;
use yiwang_proto::burial::v1 as pb;

use super::{Tab, instant};
use crate::portal::view::Chrome;

/// All draws.
#[derive(Template)]
#[template(path = "burial/inspections.html")]
pub(crate) struct DrawsPage {
    pub(crate) chrome: Chrome,
    pub(crate) tabs: Vec<Tab>,
    /// May prepare one.
    pub(crate) prepares: bool,
    pub(crate) draws: Vec<DrawView>,
}

/// One draw.
#[derive(Template)]
#[template(path = "burial/draw.html")]
pub(crate) struct DrawPage {
    pub(crate) chrome: Chrome,
    pub(crate) told: &'static str,
    pub(crate) csrf: String,
    pub(crate) key: String,
    /// May draw it now.
    pub(crate) draws: bool,
    /// Computed again: same picks, seed as promised; none before it is drawn.
    pub(crate) again: Option<(bool, bool)>,
    pub(crate) draw: DrawView,
}

/// A draw in words.
pub(crate) struct DrawView {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) county: String,
    pub(crate) commitment: String,
    pub(crate) seed: String,
    pub(crate) pool: Vec<String>,
    pub(crate) rule: String,
    pub(crate) inspectors: Vec<(String, String, String)>,
    pub(crate) picked: Vec<(String, String)>,
    pub(crate) prepared: String,
    pub(crate) drawn: String,
}

impl DrawView {
    /// A draw of the service.
    pub(crate) fn of(draw: &pb::Draw) -> Self {
        let name = |id: &String| {
            let known = draw.inspectors.iter().find(|one| one.id == *id);
            known.map_or_else(|| id.clone(), |one| one.name.clone())
        };
        let picked = draw.picked.iter().map(|pick| {
            let names: Vec<String> = pick.inspectors.iter().map(name).collect();
            (pick.facility_name.clone(), names.join("、"))
        });
        let inspectors = draw.inspectors.iter();
        let inspectors =
            inspectors.map(|one| (one.name.clone(), one.id.clone(), one.avoids.join("、")));
        Self {
            id: draw.id.clone(),
            title: draw.title.clone(),
            county: division::full_name(&draw.county).unwrap_or_default(),
            commitment: draw.commitment.clone(),
            seed: draw.seed.clone(),
            pool: draw.pool.clone(),
            rule: format!(
                "{}个设施里抽{}个，每个派{}名执法人员",
                draw.pool.len(),
                draw.wanted,
                draw.each
            ),
            inspectors: inspectors.collect(),
            picked: picked.collect(),
            prepared: format!("{}，{}", draw.prepared_by, instant(&draw.prepared_at)),
            drawn: match draw.drawn_at.as_str() {
                "" => String::new(),
                at => format!("{}，{}", draw.drawn_by, instant(at)),
            },
        }
    }
}
