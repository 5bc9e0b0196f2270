//! Roles, grants and callers.

use super::*;

#[test]
fn a_grant_covers_its_division_and_everything_within() {
    let cases = [
        ("421200", "421221", true),
        ("421200", "421221001", true),
        ("421200", "421200", true),
        ("421200", "420323", false),
        ("420000", "421221", true),
        ("420000", "429004", true),
        ("420000", "430000", false),
        ("000000", "659001", true),
        ("420323", "420323100", true),
        ("420323", "420300", false),
        ("420323100", "420323100201", true),
        ("420323100", "420323", false),
        ("420323100", "420323101", false),
        // 10 and 20 end in one zero that means something.
        ("110100", "110101", true),
        ("420300", "420323", true),
        ("100000", "110101", false),
        ("", "420323", false),
        ("42", "420323", false),
        ("42%000", "420323", false),
    ];
    for (granted, asked, expected) in cases {
        let grant = Grant::new(Role::CountyOfficer, granted);
        assert_eq!(grant.covers(asked), expected, "{granted} covers {asked}");
    }
}

#[test]
fn a_role_counts_only_where_it_was_granted() {
    let caller = Caller {
        account: Uuid::nil(),
        name: "李四".into(),
        person: None,
        grants: vec![
            Grant::new(Role::TownshipOfficer, "420323100"),
            Grant::new(Role::Auditor, "420000"),
        ],
        session: None,
        on_behalf_of: None,
    };
    assert!(caller.has(Role::TownshipOfficer, "420323100"));
    assert!(!caller.has(Role::TownshipOfficer, "420323101"));
    assert!(!caller.has(Role::CountyOfficer, "420323"));
    assert_eq!(caller.scopes(Role::Auditor), ["42"]);
    assert!(caller.is_staff());
    assert!(!format!("{caller:?}").contains("李四"));
}

#[test]
fn role_names_are_the_same_in_text_and_json() {
    for role in Role::ALL {
        assert_eq!(serde_json::to_value(role).unwrap(), role.as_str());
        assert_eq!(role.as_str().parse::<Role>().unwrap(), role);
    }
}

#[test]
fn a_role_of_a_newer_gateway_grants_nothing_and_breaks_nothing() {
    let clerk = crate::testing::caller("王五", &[(Role::Clerk, "420323")]);
    let now = "2026-05-12T01:00:00Z".parse().unwrap();
    let claims = Claims::new(&clerk, "gateway", "assistance", now, TOKEN_LIFETIME);
    let mut json = serde_json::to_value(&claims).unwrap();
    let newer = serde_json::json!({ "role": "notary", "division": "000000" });
    json["grants"].as_array_mut().unwrap().push(newer);
    let claims: Claims = serde_json::from_value(json).unwrap();
    assert_eq!(Caller::from(claims), clerk);
}
