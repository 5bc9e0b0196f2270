//! Pages for everybody: home, items, guide, help, a plain message.

mod names;

use askama::Template;
use yiwang_proto::casework::v1 as pb;

use crate::one_thing::definition::Definition;

use self::names::common_names;
use super::Chrome;

/// The home page.
#[derive(Template)]
#[template(path = "home.html")]
pub(crate) struct Home {
    pub(crate) chrome: Chrome,
    pub(crate) drafts: Vec<DraftLink>,
    pub(crate) services: Vec<ServiceCard>,
    /// Title, what it is, and where it begins; no address: not yet online.
    pub(crate) one_things: Vec<&'static Definition>,
    pub(crate) notices: Vec<pb::Notice>,
}

impl Home {
    /// Whoever has lost somebody does not have to look for the way.
    fn helps_the_bereaved(&self) -> bool {
        let mut services = self.services.iter();
        services.any(|service| service.title == BURIAL && !service.items.is_empty())
    }
}

/// Title of the burial service.
const BURIAL: &str = "殡葬服务";

/// A draft to go on with.
#[derive(Debug, Clone)]
pub(crate) struct DraftLink {
    pub(crate) item: String,
    pub(crate) title: String,
    pub(crate) saved: String,
}

impl DraftLink {
    /// A draft as its writer sees it.
    pub(crate) fn of(draft: &pb::Draft) -> Self {
        Self {
            item: draft.item.clone(),
            title: draft.item_title.clone(),
            saved: super::format::wire_moment(draft.saved_at.as_ref()),
        }
    }
}

/// One of the five services with what can be applied for online.
pub(crate) struct ServiceCard {
    pub(crate) title: &'static str,
    pub(crate) about: &'static str,
    pub(crate) desk: &'static str,
    pub(crate) icon: &'static str,
    /// Ways on besides the items: address and words.
    pub(crate) links: &'static [(&'static str, &'static str)],
    pub(crate) items: Vec<ItemLink>,
}

/// An item in a list.
#[derive(Debug, Clone)]
pub(crate) struct ItemLink {
    pub(crate) code: String,
    pub(crate) title: String,
    pub(crate) summary: String,
}

impl ItemLink {
    /// An item as a link.
    pub(crate) fn of(item: &pb::Item) -> Self {
        let (code, title) = (item.code.clone(), item.title.clone());
        Self {
            code,
            title,
            summary: item.summary.clone(),
        }
    }
}

struct ServiceText {
    code: &'static str,
    title: &'static str,
    about: &'static str,
    desk: &'static str,
    icon: &'static str,
    links: &'static [(&'static str, &'static str)],
}

const SERVICES: [ServiceText; 5] = [
    ServiceText {
        code: "assistance",
        title: "社会救助",
        about: "家里有困难，吃饭、看病、过日子有人管。",
        desk: "户籍所在地的乡镇（街道）便民服务中心",
        icon: include_str!("../../../assets/icons/help-hand.svg"),
        links: &[],
    },
    ServiceText {
        code: "marriage",
        title: "婚姻登记",
        about: "结婚、离婚登记和补领证，全国都能办。",
        desk: "就近的婚姻登记处",
        icon: include_str!("../../../assets/icons/rings.svg"),
        links: &[("/book", "预约登记时间"), ("/my/appointments", "我的预约")],
    },
    ServiceText {
        code: "burial",
        title: BURIAL,
        about: "亲人离世，火化、安葬、补贴一起办。",
        desk: "当地殡仪馆或殡葬服务窗口",
        icon: include_str!("../../../assets/icons/pine.svg"),
        links: &[
            ("/funeral", "亲人去世，怎么办"),
            ("/cemeteries", "选墓位、格位"),
            ("/prices", "看殡葬收费"),
            ("/visits", "预约祭扫"),
            ("/visits/mine", "我的祭扫预约"),
        ],
    },
    ServiceText {
        code: "rescue",
        title: "救助寻亲",
        about: "帮走失、流落在外的人吃住、治病、找家。",
        desk: "就近的救助管理站",
        icon: include_str!("../../../assets/icons/lantern.svg"),
        links: &[
            ("/rescue/tell", "看到有人需要帮助"),
            ("/rescue", "找救助管理站"),
            ("/rescue/notices", "看寻亲公告"),
        ],
    },
    ServiceText {
        code: "child",
        title: "儿童福利和保护",
        about: "孤儿和困境儿童的生活、看护和关爱。",
        desk: "乡镇（街道）儿童督导员或村（社区）儿童主任处",
        icon: include_str!("../../../assets/icons/child.svg"),
        links: &[
            ("/child/report", "报告孩子受到伤害"),
            ("/child", "孩子需要帮助"),
            ("/child/notices", "寻找亲生父母公告"),
        ],
    },
];

/// The five services with the items that are online.
pub(crate) fn service_cards(items: &[pb::Item]) -> Vec<ServiceCard> {
    SERVICES
        .iter()
        .map(|text| ServiceCard {
            title: text.title,
            about: text.about,
            desk: text.desk,
            icon: text.icon,
            links: text.links,
            items: items
                .iter()
                .filter(|item| item.service == text.code)
                .map(ItemLink::of)
                .collect(),
        })
        .collect()
}

/// All items, or those found.
#[derive(Template)]
#[template(path = "items.html")]
pub(crate) struct Items {
    pub(crate) chrome: Chrome,
    pub(crate) query: String,
    pub(crate) items: Vec<ItemLink>,
}

/// Items that answer to what was typed; all of them when nothing was.
pub(crate) fn find_items(items: &[pb::Item], query: &str) -> Vec<ItemLink> {
    let words: Vec<&str> = query.split_whitespace().collect();
    let text = |item: &pb::Item| {
        let audience = item
            .guide
            .as_ref()
            .map_or("", |guide| guide.audience.as_str());
        format!(
            "{}{}{}{}",
            item.title,
            item.summary,
            audience,
            common_names(&item.title)
        )
    };
    let found = |item: &&pb::Item| words.iter().all(|word| text(item).contains(word));
    items.iter().filter(found).map(ItemLink::of).collect()
}

/// The guide 办事指南 of one item.
#[derive(Template)]
#[template(path = "guide.html")]
pub(crate) struct GuidePage {
    pub(crate) chrome: Chrome,
    pub(crate) item: pb::Item,
    pub(crate) guide: pb::Guide,
    pub(crate) asked: Vec<pb::MaterialSpec>,
    pub(crate) shared: Vec<pb::MaterialSpec>,
    pub(crate) has_draft: bool,
}

impl GuidePage {
    /// The guide of `item`.
    pub(crate) fn new(chrome: Chrome, item: pb::Item, has_draft: bool) -> Self {
        let guide = item.guide.clone().unwrap_or_default();
        let (asked, shared) = guide
            .materials
            .iter()
            .cloned()
            .partition(|material| matches!(material.origin.as_str(), "ASKED" | "SHOWN"));
        Self {
            chrome,
            item,
            guide,
            asked,
            shared,
            has_draft,
        }
    }
}

/// Help and accessibility.
#[derive(Template)]
#[template(path = "help.html")]
pub(crate) struct Help {
    pub(crate) chrome: Chrome,
    pub(crate) staff: bool,
}

/// A page that only says something and where to go from here.
#[derive(Template)]
#[template(path = "message.html")]
pub(crate) struct Message {
    pub(crate) chrome: Chrome,
    pub(crate) lines: Vec<String>,
    pub(crate) links: Vec<(String, &'static str)>,
    pub(crate) trace: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_are_found_by_what_people_call_them() {
        let item = pb::Item {
            code: "minimum-living".into(),
            title: "最低生活保障".into(),
            ..Default::default()
        };
        let items = [item];
        for typed in ["低保", "最低生活", "困难 补助", ""] {
            assert_eq!(find_items(&items, typed).len(), 1, "{typed}");
        }
        assert!(find_items(&items, "结婚").is_empty());
    }
}
