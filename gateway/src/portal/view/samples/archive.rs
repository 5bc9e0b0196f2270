//! Pages of the archive.

use askama::Template;
use yiwang_proto::marriage::v1 as pb;

use super::data::*;
use crate::portal::view::{
    Section, Trouble,
    archive::{BatchPage, BatchView, BatchesPage, RowView},
};

pub(super) fn pages() -> Vec<(&'static str, String)> {
    vec![
        ("archive-list", list().render().unwrap()),
        ("archive-batch", batch("ready", 2).render().unwrap()),
        ("archive-ready", batch("ready", 0).render().unwrap()),
        (
            "archive-publishing",
            batch("publishing", 0).render().unwrap(),
        ),
    ]
}

fn of(state: &str, problems: i64) -> pb::Batch {
    pb::Batch {
        id: "0190".into(),
        title: "城关镇1985年结婚登记档案".into(),
        division: "420323100".into(),
        state: state.into(),
        rows: 1204,
        rows_second: 1204,
        compared: 1204,
        published: if state == "publishing" { 500 } else { 0 },
        problems,
        created_at: wire("2026-05-12T01:00:00Z"),
        created_by: "刘敏".into(),
        received: 0,
    }
}

fn list() -> BatchesPage {
    BatchesPage {
        chrome: chrome("历史档案补录", Section::Hall, "staff"),
        problems: vec![Trouble::at("title", "请写批次名称。")],
        csrf: "token".into(),
        key: "key".into(),
        title: EVIL.into(),
        title_error: "请写批次名称。".into(),
        division: "420323100".into(),
        division_error: "请选择地区。".into(),
        divisions: vec![("420323100".into(), "湖北省十堰市竹山县城关镇".into())],
        batches: ["open", "reading", "comparing", "ready", "published"]
            .map(|state| BatchView::of(&of(state, 0)))
            .into(),
    }
}

fn batch(state: &str, open: i64) -> BatchPage {
    let problem =
        |row, field: &str, message: &str, first: &str, second: &str, decided| pb::RowProblem {
            row,
            field: field.into(),
            message: message.into(),
            first: first.into(),
            second: second.into(),
            decided,
            ..Default::default()
        };
    let problems = vec![
        problem(
            17,
            "男方姓名",
            "男方姓名从第2个字起不同，请与原件核对。",
            "张*",
            "张*",
            false,
        ),
        problem(
            17,
            "备注",
            "备注只有第二次录入填了，请与原件核对。",
            "",
            "****",
            false,
        ),
        problem(
            203,
            "女方证件号",
            "没有证件号，无法与本人的其他记录核对。",
            "",
            "",
            true,
        ),
        problem(
            311,
            "登记机关",
            "登记机关长短不同，请与原件核对。",
            EVIL,
            "城关镇",
            true,
        ),
    ];
    BatchPage {
        chrome: chrome("城关镇1985年结婚登记档案", Section::Hall, "staff"),
        told: "已经裁决。",
        problems: vec![Trouble::general("两次录入须由不同的人完成。")],
        csrf: "token".into(),
        key: "key".into(),
        batch: BatchView::of(&of(state, open)),
        rows: RowView::all(problems, || "key".into()),
        reason: "与原件核对".into(),
        first: "/hall/archive/0190".into(),
        next: "/hall/archive/0190?cursor=x".into(),
    }
}
