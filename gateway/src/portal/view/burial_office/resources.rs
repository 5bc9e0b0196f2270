//! Vehicles, cells, halls and furnaces.

use askama::Template;
use yiwang_proto::burial::v1 as pb;

use super::Tab;
use crate::portal::view::{Chrome, chrome::query};

/// Kinds by code.
pub(crate) const KINDS: [(&str, &str); 4] = [
    ("vehicle", "接运车辆"),
    ("cell", "冷藏柜"),
    ("hall", "告别厅"),
    ("furnace", "火化炉"),
];

/// Classes: kind, code, name.
pub(crate) const CLASSES: [(&str, &str, &str); 6] = [
    ("hall", "small", "小厅"),
    ("hall", "middle", "中厅"),
    ("hall", "large", "大厅"),
    ("furnace", "flat", "平板炉"),
    ("furnace", "collect", "捡灰炉"),
    ("furnace", "eco", "环保炉"),
];

/// All of a home.
#[derive(Template)]
#[template(path = "burial/resources.html")]
pub(crate) struct ResourcesPage {
    pub(crate) chrome: Chrome,
    pub(crate) tabs: Vec<Tab>,
    pub(crate) told: &'static str,
    pub(crate) homes: Vec<(String, String)>,
    pub(crate) home: pb::Home,
    pub(crate) add: String,
    pub(crate) rows: Vec<ResourceRow>,
}

/// One of them in words.
pub(crate) struct ResourceRow {
    pub(crate) label: String,
    pub(crate) kind: &'static str,
    pub(crate) class: &'static str,
    pub(crate) hours: String,
    pub(crate) active: bool,
    pub(crate) href: String,
}

impl ResourceRow {
    /// One of the service.
    pub(crate) fn of(one: &pb::Resource) -> Self {
        let kind = KINDS.iter().find(|(code, _)| *code == one.kind);
        let mut classes = CLASSES.iter();
        let class = classes.find(|(kind, code, _)| *kind == one.kind && *code == one.class);
        Self {
            label: one.label.clone(),
            kind: kind.map_or("", |(_, name)| name),
            class: class.map_or("", |(.., name)| name),
            hours: format!(
                "{}至{}，每次{}分钟",
                one.opens, one.closes, one.slot_minutes
            ),
            active: one.active,
            href: query(
                "/home/resources/edit",
                &[("home", &one.home), ("id", &one.id)],
            ),
        }
    }
}
