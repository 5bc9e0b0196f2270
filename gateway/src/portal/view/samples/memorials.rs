//! Online memorials.

use askama::Template;
use yiwang_proto::burial::v1 as pb;

use super::data::{EVIL, chrome};
use crate::portal::view::{
    Section,
    memorials::{Find, Kept, Mine, Page},
};

fn memorial(state: &str, own: bool) -> pb::Memorial {
    let count = |kind: &str, label: &str, count| pb::OfferingCount {
        kind: kind.into(),
        label: label.into(),
        count,
    };
    let words = |id: &str, from: &str, words: &str| pb::Offering {
        id: id.into(),
        kind: "flowers".into(),
        label: "献花".into(),
        from: from.into(),
        words: words.into(),
        on: "2027-04-05".into(),
    };
    pb::Memorial {
        code: "0f1e2d3c4b5a69788796a5b4c3d2e1f0".into(),
        name: "张德福".into(),
        words: format!("父亲一生种茶，待人宽厚。\n{EVIL}"),
        county: "湖北省咸宁市通山县".into(),
        division: "421224100".into(),
        findable: true,
        state: state.into(),
        reasons: match state {
            "taken_down" => "页面上有广告。".into(),
            _ => String::new(),
        },
        own,
        counts: vec![
            count("flowers", "献花", 12),
            count("candle", "点烛", 3),
            count("bow", "鞠躬", 8),
            count("fruit", "供果", 0),
        ],
        shown: vec![words("1", "李*", "张老师，学生想念您。")],
        waiting: match own {
            true => vec![words("2", "王小明", EVIL)],
            false => vec![],
        },
    }
}

pub(super) fn pages() -> Vec<(&'static str, String)> {
    let find = |name: &str, found| Find {
        chrome: chrome("网络祭扫", Section::Items, ""),
        name: name.into(),
        found,
    };
    let page = |told, memorial: pb::Memorial, user| Page {
        chrome: chrome("张德福 纪念页", Section::Items, user),
        told,
        takes_down: user == "staff",
        memorial,
    };
    let key = || "key".to_owned();
    let mine = Mine {
        chrome: chrome("我开设的纪念页", Section::Mine, "citizen"),
        told: "已经保存。",
        csrf: "token".into(),
        kept: vec![
            Kept::of(memorial("open", true), key),
            Kept::of(memorial("taken_down", true), key),
        ],
    };
    let left = "已经献上。留言等家属看过以后显示。";
    vec![
        (
            "memorials",
            find("张德福", vec![memorial("open", false)])
                .render()
                .unwrap(),
        ),
        ("memorials-none", find(EVIL, vec![]).render().unwrap()),
        (
            "memorial",
            page(left, memorial("open", false), "citizen")
                .render()
                .unwrap(),
        ),
        (
            "memorial-staff",
            page("", memorial("open", false), "staff").render().unwrap(),
        ),
        (
            "memorial-closed",
            page("", memorial("closed", true), "citizen")
                .render()
                .unwrap(),
        ),
        ("memorials-mine", mine.render().unwrap()),
    ]
}
