use proptest::prelude::*;

use super::*;

#[test]
fn the_whole_table_is_sound() {
    let all: Vec<Division> = TABLE.below("").collect();
    assert_eq!(all.len(), 46_122);
    assert!(all.windows(2).all(|pair| pair[0].code < pair[1].code));
    for division in &all {
        assert!(
            !division.name.is_empty() && is_code(division.code),
            "{division:?}"
        );
        assert_eq!(
            division.parent.is_none(),
            division.level == Level::Province,
            "{division:?}"
        );
        assert!(
            division.parent.is_none_or(|above| find(above).is_some()),
            "{division:?}"
        );
        assert_eq!(find(division.code), Some(*division));
        let county = division.level <= Level::County;
        assert!(
            !county || division.name.chars().count() <= table::LONGEST_COUNTY,
            "{division:?}"
        );
    }
}

#[test]
fn full_names() {
    for (code, name) in [
        ("420000", "湖北省"),
        ("420323", "湖北省十堰市竹山县"),
        ("420323100", "湖北省十堰市竹山县城关镇"),
        (
            "420323100001",
            "湖北省十堰市竹山县城关镇北大街社区居民委员会",
        ),
        ("110101", "北京市东城区"),
        ("429004", "湖北省仙桃市"),
        ("441900003", "广东省东莞市东城街道"),
        ("500235", "重庆市云阳县"),
    ] {
        assert_eq!(full_name(code).as_deref(), Some(name), "{code}");
    }
    assert_eq!(full_name("999999"), None);
    assert_eq!(full_name(""), None);
}

#[test]
fn search_by_name_prefix() {
    let first = |prefix: &str| search(prefix, 1).first().map(|d| d.code);
    assert_eq!(first("竹山"), Some("420323"));
    assert_eq!(first(" 嘉鱼"), Some("421221"));
    assert_eq!(first("湖北"), Some("420000"));
    assert_eq!(search("城关镇", 500).len().min(50), 50);
    assert_eq!(search("城关镇", 3).len(), 3);
    assert!(search("", 10).is_empty());
    assert!(search("市辖", 10).iter().all(|d| !d.is_placeholder()));
    assert!(search("火星基地", 10).is_empty());
}

#[test]
fn children_are_one_step_below() {
    assert_eq!(children("000000").len(), 31);
    assert!(children("420300").iter().any(|d| d.code == "420323"));
    assert!(
        children("420323")
            .iter()
            .all(|d| d.level == Level::Township)
    );
    assert!(
        children("441900")
            .iter()
            .all(|d| d.level == Level::Township)
    );
    assert!(!children("420323100").is_empty());
    for nothing in ["", "42", "420323100001", "99", "abc", "999900"] {
        assert!(children(nothing).is_empty(), "{nothing}");
    }
}

#[test]
fn what_a_grant_covers() {
    for (code, grant, covered) in [
        ("421221", "421200", true),
        ("421221001", "421200", true),
        ("421221001002", "421221001", true),
        ("421221", "421221", true),
        ("421200", "421221", false),
        ("421321", "421200", false),
        ("429004", "420000", true),
        ("429004", "429000", true),
        ("429004", "420300", false),
        ("441900003", "441900", true),
        ("421221", "000000", true),
        ("421221", "4212", true),
        ("421221", "421221000000", true),
        ("421221100", "421221000", true),
        ("421221", "", false),
        ("421221", "4", false),
        ("421221", "42122", false),
        ("421221", "%", false),
        ("", "000000", false),
        ("42122x", "000000", false),
        ("-", "bad", false),
    ] {
        assert_eq!(is_within(code, grant), covered, "{code} in {grant}");
    }
}

#[test]
fn scopes() {
    for (code, prefix) in [
        ("421200", "4212"),
        ("420000", "42"),
        ("000000", ""),
        ("421221", "421221"),
        ("421221100", "421221100"),
        ("4212", "4212"),
        ("42", "42"),
        ("", NO_SCOPE),
        ("湖北", NO_SCOPE),
        ("湖湖", NO_SCOPE),
    ] {
        assert_eq!(scope_prefix(code), prefix, "{code}");
    }
}

#[test]
fn birth_divisions() {
    for (code, known) in [
        ("420323", true),
        ("510202", true), // 重庆市市中区, under Sichuan until 1997
        ("460003", true), // 儋县, under the region of Hainan
        ("422622", true), // a county of the former 郧阳地区
        ("441900", true), // 东莞 has no counties
        ("460200", true), // 三亚 had none until 2015
        ("810000", true), // residence permit, Hong Kong
        ("710101", true),
        ("420000", false), // nobody is born in a whole province
        ("421900", false),
        ("000000", false),
        ("990101", false),
        ("160101", false),
        ("4203", false),
        ("42032３", false),
    ] {
        assert_eq!(is_known_for_birth(code), known, "{code}");
    }
}

fn any_division() -> impl Strategy<Value = Division> {
    (0_usize..46_122).prop_map(|at| TABLE.below("").nth(at).unwrap())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_grant_covers_exactly_what_descends_from_it(a in any_division(), b in any_division()) {
        let mut above = Some(a);
        let mut descends = false;
        while let Some(division) = above {
            descends |= division.code == b.code;
            prop_assert!(is_within(a.code, division.code));
            above = division.parent.and_then(find);
        }
        prop_assert_eq!(is_within(a.code, b.code), descends);
    }

    #[test]
    fn a_whole_name_is_recognised_down_to_the_township(division in any_division()) {
        let name = full_name(division.code).unwrap();
        let shown = match division.level {
            Level::Village => full_name(&division.code[..9]).unwrap(),
            _ => name.clone(),
        };
        prop_assert!(recognised_prefix(&name) >= shown.len());
        prop_assert!(search(division.name, usize::MAX).contains(&division) || division.is_placeholder());
    }

    #[test]
    fn any_text_is_answered_calmly(text in "\\PC{0,12}|[0-9]{0,13}") {
        let _ = (find(&text), full_name(&text), search(&text, 3), children(&text));
        let _ = (is_known_for_birth(&text), is_within(&text, &text), recognised_prefix(&text));
        prop_assert!(scope_prefix(&text) == NO_SCOPE || text.starts_with(scope_prefix(&text)));
    }
}
