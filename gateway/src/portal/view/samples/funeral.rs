//! Pages of families: a death, a funeral, prices, places.

use askama::Template;
use jiff::civil::date;
use yiwang_proto::{burial::v1 as pb, casework::v1 as casework};

use super::data::{EVIL, chrome};
use crate::portal::{
    case::task,
    view::{
        Section, Trouble,
        cemeteries::{AreaTab, Cemeteries, CemeteryPage, Chosen, HoldView, Link, Plan},
        facts::SectionView,
        funeral::{BillView, DayTab, FuneralPage, HomeCard, Kind, Times, Turns, WhatToDo},
        prices::{PriceList, Waived, groups},
    },
};

fn home() -> HomeCard {
    HomeCard::of(pb::Home {
        code: "421224100-BY01".into(),
        name: "通山县殡仪馆".into(),
        address: EVIL.into(),
        phone: "0715-2360100".into(),
        division: "421224100".into(),
    })
}

fn waived() -> Waived {
    let item = |text: &str| pb::WaiverItem {
        text: text.into(),
        ..Default::default()
    };
    let list = pb::WaiverList {
        for_whom: "在本县殡仪馆火化的所有人。".into(),
        items: vec![
            item("遗体接运，最多400.00元"),
            item("遗体存放72小时以内，最多1080.00元"),
        ],
        subsidies: vec![item("树葬，奖补2000.00元")],
        total: "合计最多减免2220.00元。".into(),
        source: EVIL.into(),
        verified: false,
    };
    Waived::of(list).unwrap()
}

fn what(who: &str) -> WhatToDo {
    let known = !who.is_empty();
    WhatToDo {
        chrome: chrome("亲人去世，怎么办", Section::Items, who),
        csrf: known.then(|| "token".into()),
        place: if known {
            "通山县".into()
        } else {
            String::new()
        },
        told: "湖北省咸宁市通山县的殡仪馆：".into(),
        homes: vec![home()],
        waived: known.then(waived),
        county: if known {
            "421224".into()
        } else {
            String::new()
        },
    }
}

pub(super) fn bill() -> BillView {
    let line = |title: &str, hundredths, fen, waived_fen| pb::BillLine {
        title: title.into(),
        unit: "小时".into(),
        quantity_hundredths: hundredths,
        unit_fen: 1_500,
        fen,
        charged_fen: fen - waived_fen,
        waived_fen,
        document: "通发改价〔2024〕15号（演示）".into(),
        ..Default::default()
    };
    BillView::of(&pb::Bill {
        number: "DB420323260000012".into(),
        lines: vec![
            line("遗体存放（冷藏）", 3_000, 45_000, 45_000),
            line(EVIL, 150, 10_000, 0),
        ],
        lines_fen: 55_000,
        charged_fen: 10_000,
        waived_fen: 45_000,
        issued_on: "2026-05-14".into(),
        ..Default::default()
    })
}

fn case() -> casework::Case {
    let row = |label: &str, value: &str| casework::Row {
        label: label.into(),
        value: value.into(),
        ..Default::default()
    };
    let section = |title: &str, rows| casework::Section {
        title: title.into(),
        rows,
    };
    let act = |code: &str, label: &str| casework::ActionSpec {
        code: code.into(),
        label: label.into(),
        hint: EVIL.into(),
        ..Default::default()
    };
    casework::Case {
        number: "DB420323260000012".into(),
        item: "funeral".into(),
        item_title: "治丧服务".into(),
        division: "421224100".into(),
        state_label: "安放在馆".into(),
        explanation: "逝者安放在殡仪馆。请选定火化时间；需要告别的，可以预约告别厅。".into(),
        sections: vec![
            section(
                "接下来几天",
                vec![row("5月14日 8:00", "在松鹤厅告别。请提前半小时到。")],
            ),
            section("还缺什么", vec![row("火化时间", "在本页选一个。")]),
            section("遗体交接", vec![row("遗体编号", EVIL)]),
        ],
        actions: vec![
            act("choose_farewell", "预约告别厅"),
            act("choose_time", "选定火化时间"),
            act("sign_confirmation", "签署火化确认书"),
            act("ask_transfer", "申请外运"),
        ],
        own: true,
        version: 7,
        ..Default::default()
    }
}

fn funeral(settled: bool) -> FuneralPage {
    let case = case();
    let mut sections = SectionView::added(&case, None);
    let others = sections.split_off(2);
    FuneralPage {
        chrome: chrome("治丧安排", Section::Mine, "citizen"),
        told: "告别厅已经约好，时间在下面的安排里。",
        home: Some(home()),
        first: sections,
        others,
        needed: vec![task::link(&case, &case.actions[2])],
        kinds: vec![(Kind::Hall, false), (Kind::Furnace, true)],
        tasks: vec![],
        seldom: vec![task::link(&case, &case.actions[3])],
        bills: settled.then(bill).into_iter().collect(),
        case,
    }
}

fn times(free: bool) -> Times {
    let day = date(2026, 5, 14);
    let time = |starts_at: &str, ends_at: &str| pb::FreeTime {
        resource: "0190".into(),
        label: "松鹤厅".into(),
        class: "small".into(),
        starts_at: starts_at.into(),
        ends_at: ends_at.into(),
    };
    let times = [
        time("2026-05-14T08:00", "2026-05-14T09:00"),
        time("2026-05-14T09:00", "2026-05-14T10:00"),
    ];
    let number = "DB420323260000012";
    Times {
        chrome: chrome("什么时候告别？", Section::Mine, "citizen"),
        problems: match free {
            true => vec![Trouble::general("这个时间已经有人了，请另选一个。")],
            false => vec![],
        },
        csrf: "token".into(),
        key: "key".into(),
        number: number.into(),
        version: 7,
        kind: Kind::Hall,
        offered: true,
        days: [day, date(2026, 5, 15)]
            .map(|one| DayTab::of(one, day, Kind::Hall, number))
            .into(),
        day,
        turns: if free {
            Turns::all(&times, &list(), Kind::Hall)
        } else {
            vec![]
        },
        phone: "0715-2360100".into(),
    }
}

fn list() -> Vec<pb::Price> {
    let price = |code: &str, title: &str, class: &str, unit: &str| pb::Price {
        code: code.into(),
        title: title.into(),
        class: class.into(),
        unit: unit.into(),
        fen: 30_000,
        document: "通发改价〔2024〕15号（演示）".into(),
        valid_from: "2024-01-01".into(),
        pricing: "guided".into(),
        ..Default::default()
    };
    let urn = pb::Price {
        fen_to: 300_000,
        pricing: "market".into(),
        ..price("urn", EVIL, "other", "个")
    };
    vec![
        price("farewell.small", "遗体告别（小厅）", "basic", "次"),
        price("plot_single", "骨灰墓位使用费（单穴）", "place", "20年"),
        urn,
    ]
}

fn cemetery() -> pb::Cemetery {
    pb::Cemetery {
        code: "421224100-GM01".into(),
        name: "通山县青松公益性公墓".into(),
        kind: "rural_public".into(),
        address: EVIL.into(),
        phone: "0715-2360110".into(),
        free: 118,
        division: "421224100".into(),
        serves: vec!["湖北省咸宁市通山县通羊镇".into()],
        public_benefit: true,
    }
}

fn hold() -> HoldView {
    let hold = pb::SpotHold {
        spot: "b".into(),
        label: "松鹤区1排2号".into(),
        facility: "421224100-GM01".into(),
        held_until: "2026-05-12T02:32:00Z".into(),
        area: "松鹤区".into(),
    };
    HoldView::of(&hold, "key".into())
}

fn plan() -> pb::PlacePlan {
    let area = pb::PlaceArea {
        facility: "421224100-GM01".into(),
        area: "松鹤区".into(),
        kind_label: "骨灰单穴墓".into(),
        places: 3,
        free: 2,
        price: "plot_single".into(),
        ..Default::default()
    };
    let spot = |id: &str, place: i32, free| pb::PlacedSpot {
        id: id.into(),
        label: format!("松鹤区1排{place}号"),
        line: 1,
        place,
        x_cm: place * 90,
        y_cm: 40,
        width_cm: 60,
        depth_cm: 80,
        capacity: 1,
        state_label: "已使用".into(),
        free,
        ..Default::default()
    };
    pb::PlacePlan {
        area: Some(area),
        width_cm: 400,
        height_cm: 160,
        spots: vec![spot("a", 1, false), spot("b", 2, true), spot("c", 3, true)],
    }
}

fn place(who: &str) -> CemeteryPage {
    let plan = plan();
    let area = plan.area.as_ref().unwrap();
    let known = !who.is_empty();
    CemeteryPage {
        chrome: chrome("通山县青松公益性公墓", Section::Items, who),
        told: if known {
            "这个位置为您留着了。"
        } else {
            ""
        },
        problems: match known {
            true => vec![],
            false => vec![Trouble::general("这个位置刚刚被别人选走了。")],
        },
        others: vec![Plan::other(
            "421224100-GM01",
            "松鹤区",
            ("b".into(), "松鹤区1排2号".into()),
        )],
        csrf: known.then(|| "token".into()),
        key: "key".into(),
        holds: if known { vec![hold()] } else { vec![] },
        cemetery: Link::of(cemetery()),
        areas: vec![AreaTab::of(area, "松鹤区", &list())],
        area: "松鹤区".into(),
        at: None,
        chosen: Chosen::of(&plan, "c"),
        plan: Some(Plan::of(&plan, "c")),
    }
}

pub(super) fn pages() -> Vec<(&'static str, String)> {
    let prices = PriceList {
        chrome: chrome("殡葬收费", Section::Items, ""),
        place: "通山县".into(),
        told: "湖北省咸宁市通山县现在执行的价格：".into(),
        groups: groups(&list()),
        waived: Some(waived()),
    };
    let cemeteries = Cemeteries {
        chrome: chrome("选墓位、格位", Section::Items, "citizen"),
        holds: vec![hold()],
        place: "通山县".into(),
        told: "湖北省咸宁市通山县的公墓、骨灰堂：".into(),
        found: vec![Link::of(cemetery())],
    };
    vec![
        ("funeral-what", what("").render().unwrap()),
        ("funeral-what-here", what("citizen").render().unwrap()),
        ("funeral-case", funeral(false).render().unwrap()),
        ("funeral-bill", funeral(true).render().unwrap()),
        ("funeral-times", times(true).render().unwrap()),
        ("funeral-times-full", times(false).render().unwrap()),
        ("prices", prices.render().unwrap()),
        ("cemeteries", cemeteries.render().unwrap()),
        ("cemetery", place("citizen").render().unwrap()),
        ("cemetery-taken", place("").render().unwrap()),
    ]
}
