use jiff::civil::date;

use super::*;
use crate::money::{Fen, Ratio};

const BASE: &str = r#"
[[param]]
id = "minimum_living.standard.rural"
division = "420323"
valid_from = "2021-01-01"
valid_to = "2025-01-01"
value = "4560.00"
source = "竹山县公布标准"
verified = true

[[param]]
id = "minimum_living.standard.rural"
division = "420323"
valid_from = 2024-07-01
value = "4800"
source = "竹山县公布标准"

[[param]]
id = "minimum_living.standard.rural"
division = "420000"
valid_from = "2020-01-01"
value = "4200.00"
source = "湖北省"

[[param]]
id = "minimum_living.edge_ratio"
division = "000000"
valid_from = "2021-07-01"
value = 1.5
source = "民发〔2021〕57号 第八条"

[[param]]
id = "minimum_living.total.days"
division = "000000"
valid_from = "2021-07-01"
value = 30
source = "民发〔2021〕57号 第二十二条"

[[param]]
id = "minimum_living.supplement"
division = "000000"
valid_from = "2021-07-01"
value = { severe_disability = "30%", child = 0.2, stacked = false, over = [60, 80] }
source = "地方标准"
"#;

const RURAL: &str = "minimum_living.standard.rural";

fn book() -> RuleBook {
    RuleBook::parse(&[BASE]).unwrap()
}

#[test]
fn the_smallest_place_and_the_latest_beginning_win() {
    let book = book();
    for (division, day, yuan) in [
        ("420323", date(2021, 1, 1), "4560.00"),
        ("420323100", date(2024, 6, 30), "4560.00"),
        ("420323100001", date(2024, 7, 1), "4800.00"), // two hold, the later began last
        ("420323", date(2026, 5, 12), "4800.00"),
        ("420323", date(2020, 12, 31), "4200.00"), // before the county's own: the province's
        ("421221", date(2026, 5, 12), "4200.00"),
        ("420000", date(2020, 1, 1), "4200.00"),
    ] {
        let fen = book.lookup(RURAL, division, day).unwrap().fen().unwrap();
        assert_eq!(fen.yuan(), yuan, "{division} {day}");
    }
    for (id, division, day) in [
        (RURAL, "420323", date(2019, 12, 31)),
        (RURAL, "640302", date(2026, 1, 1)),
        (RURAL, "", date(2026, 1, 1)),
        ("minimum_living", "420323", date(2026, 1, 1)),
    ] {
        let found = book.lookup(id, division, day);
        assert!(
            matches!(found, Err(ParamError::NotFound { .. })),
            "{id} {division} {day}"
        );
    }
}

#[test]
fn values_are_typed_and_exact() {
    let book = book();
    let get = |id: &str| book.lookup(id, "420323", date(2026, 1, 1)).unwrap();
    let ratio = |text: &str| text.parse::<Ratio>().ok();
    assert_eq!(get("minimum_living.edge_ratio").ratio().ok(), ratio("3/2"));
    assert_eq!(get("minimum_living.total.days").int().ok(), Some(30));
    assert_eq!(get("minimum_living.total.days").count().ok(), Some(30));
    let table = get("minimum_living.supplement").table().unwrap();
    assert_eq!(table["severe_disability"].ratio(), ratio("0.3"));
    assert_eq!(table["child"].ratio(), ratio("1/5"));
    assert_eq!(table["stacked"].flag(), Some(false));
    assert_eq!(table["over"].list().map(<[Value]>::len), Some(2));
    let wrong = get("minimum_living.total.days").fen().unwrap_err();
    assert_eq!(
        wrong.to_string(),
        "parameter minimum_living.total.days@000000@2021-07-01 is not an amount in yuan as text"
    );
    assert!(get(RURAL).int().is_err() && get(RURAL).flag().is_err() && get(RURAL).list().is_err());
}

#[test]
fn a_deployment_sets_its_own() {
    let own = |value: &str| {
        format!(
            "[[param]]\nid = \"{RURAL}\"\ndivision = \"420323\"\nvalid_from = \"2024-07-01\"\n\
             value = {value}\nsource = \"本地通知\"\n"
        )
    };
    let mut book = book();
    assert!(
        book.extend_with(&own("4800")).is_err(),
        "a bare number could be fen or yuan"
    );
    assert!(book.extend_with(&own("\"五千\"")).is_err());
    let before = book
        .lookup(RURAL, "420323", date(2026, 1, 1))
        .unwrap()
        .clone();
    assert_eq!(
        (before.value.fen(), before.version()),
        (Some(Fen(480_000)), format!("{RURAL}@420323@2024-07-01"))
    );

    book.extend_with(&own("\"5000\"")).unwrap();
    let after = book.lookup(RURAL, "420323", date(2026, 1, 1)).unwrap();
    assert_eq!((after.fen().ok(), after.local), (Some(Fen(500_000)), true));
    assert_eq!(after.version(), format!("{RURAL}@420323@2024-07-01+local"));
    assert_eq!(book.by_version(&after.version()), Some(after));
    assert_eq!(
        book.by_version(&before.version()),
        Some(&before),
        "old decisions stay explicable"
    );
    assert_eq!(book.by_version("nothing"), None);
    assert!(
        book.extend_with(&own("\"5100\"")).is_err(),
        "twice by the deployment"
    );
    assert_eq!(book.iter().count(), 7);
}

#[test]
fn bad_files_are_refused() {
    let entry = |change: (&str, &str)| {
        let good = "[[param]]\nid = \"a.b\"\ndivision = \"420323\"\nvalid_from = \"2021-01-01\"\n\
                    valid_to = \"2022-01-01\"\nvalue = 1\nsource = \"s\"\n";
        assert!(good.contains(change.0));
        good.replace(change.0, change.1)
    };
    assert!(RuleBook::parse(&[&entry(("a.b", "a.b"))]).is_ok());
    assert!(RuleBook::parse(&[]).is_ok() && RuleBook::parse(&[""]).is_ok());
    for change in [
        ("a.b", ""),
        ("a.b", "a b"),
        ("420323", "4203"),
        ("420323", "竹山"),
        ("2021-01-01", "2021-02-30"),
        ("2021-01-01", "yesterday"),
        ("2022-01-01", "2021-01-01"),
        ("\"s\"", "\" \""),
        ("source", "sauce"),
        ("value = 1", "value = nan"),
        ("value = 1", "value = inf"),
        ("value = 1", ""),
        ("[[param]]", "[[params]]"),
    ] {
        assert!(RuleBook::parse(&[&entry(change)]).is_err(), "{change:?}");
    }
    let twice = [entry(("a.b", "a.b")), entry(("value = 1", "value = 2"))];
    assert!(RuleBook::parse(&[&twice[0], &twice[1]]).is_err());
    let other_type = entry(("2021-01-01", "2021-03-01")).replace("value = 1", "value = true");
    assert!(RuleBook::parse(&[&twice[0], &other_type]).is_err());
}
