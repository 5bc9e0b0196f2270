//! 好差评.

use askama::Template;

use super::{
    super::{
        Section,
        rating::{Bad, Give, Looked},
    },
    data::{EVIL, chrome},
};

fn give(given: &'static str) -> Give {
    Give {
        chrome: chrome("评价一下", Section::Mine, "citizen"),
        number: "DB4203232605120000017".into(),
        title: "最低生活保障".into(),
        given,
        back: "/cases/DB4203232605120000017".into(),
        problems: vec![],
        csrf: "token".into(),
        key: "key".into(),
        fields: vec![],
    }
}

fn bad(answer: &str) -> Bad {
    Bad {
        id: "018f".into(),
        title: "最低生活保障".into(),
        place: "湖北省十堰市竹山县城关镇".into(),
        level: "不满意",
        words: format!("跑了三趟。{EVIL}"),
        given: "2026年5月12日".into(),
        due: "2026年6月2日".into(),
        late: answer.is_empty(),
        answer: answer.into(),
        typed: String::new(),
        problem: String::new(),
    }
}

pub(super) fn pages() -> Vec<(&'static str, String)> {
    let list = |bad| Looked {
        chrome: chrome("好差评", Section::Work, "staff"),
        told: "",
        csrf: "token".into(),
        key: "key".into(),
        counts: vec![("非常满意", 12), ("满意", 3), ("不满意", 1)],
        share: "满意率94%".into(),
        bad,
    };
    let looked = list(vec![bad(""), bad("已经核实，材料一次告知。")]);
    vec![
        ("rating", give("").render().unwrap()),
        ("rating-given", give("满意").render().unwrap()),
        ("ratings", looked.render().unwrap()),
        ("ratings-empty", list(vec![]).render().unwrap()),
    ]
}
