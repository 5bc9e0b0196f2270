use jiff::civil::date;
use proptest::prelude::*;

use super::*;

/// Appends the check character to 17 digits.
fn complete(body: &str) -> String {
    let check = check::mod_11_2(body.as_bytes()).unwrap();
    format!("{body}{}", char::from(check))
}

#[test]
fn good_numbers_in_every_spelling() {
    for input in [
        "11010519491231002X",
        "11010519491231002x",
        " 11010519491231002X\n",
        "１１０１０５１９４９１２３１００２Ｘ",
        "\u{3000}11010519491231００２ｘ",
    ] {
        let id: CitizenId = input.parse().unwrap();
        assert_eq!(id.as_str(), "11010519491231002X", "{input}");
    }
    let id: CitizenId = "440524188001010014".parse().unwrap();
    assert_eq!(
        (id.sex(), id.birth_date(), id.division()),
        (Sex::Male, date(1880, 1, 1), "440524")
    );
    assert_eq!(
        "11010519491231002X".parse::<CitizenId>().unwrap().sex(),
        Sex::Female
    );
}

#[test]
fn refusals_say_why() {
    let cases: &[(&str, IdError)] = &[
        ("", IdError::Empty),
        (" \u{3000}\t", IdError::Empty),
        ("110105491231002", IdError::FifteenDigits),
        ("１１０１０５４９１２３１００２", IdError::FifteenDigits),
        ("11010549123100X", IdError::Length),
        ("1101051949123100", IdError::Length),
        ("11010519491231002X1", IdError::Length),
        ("110105 19491231 002X", IdError::Length),
        ("11010519491231O02X", IdError::Character),
        ("1101051949123100XX", IdError::Character),
        ("11010519491231002Y", IdError::Character),
        ("11010519491231002号", IdError::Character),
        ("身份证号码身份证号码身份证号码身份证", IdError::Character),
        ("𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷", IdError::Character),
        ("<script>alert(1)</", IdError::Character),
        ("990105194912310021", IdError::Division),
        ("000000194912310021", IdError::Division),
        ("420000194912310021", IdError::Division),
        ("110105194913310021", IdError::BirthDate),
        ("110105194902300021", IdError::BirthDate),
        ("110105190002290021", IdError::BirthDate), // 1900 had no 29 February
        ("110105000001010021", IdError::BirthDate),
        ("110105185912310021", IdError::BirthDate),
        ("110105210001010021", IdError::BirthDate),
        ("110105194912310021", IdError::CheckDigit),
        ("11010519491231002０", IdError::CheckDigit),
    ];
    for (input, error) in cases {
        assert_eq!(input.parse::<CitizenId>().as_ref(), Err(error), "{input}");
        assert!(!error.message().is_empty() && error.reason().starts_with("ID_"));
    }
}

#[test]
fn old_and_special_divisions() {
    for body in [
        "51020219500101123", // withdrawn: 重庆 under 四川
        "46000319700101123", // withdrawn: 儋县
        "44190019900101123", // a prefecture without counties
        "81000019900101123", // residence permit of a Hong Kong resident
        "83000019900101123",
    ] {
        assert!(complete(body).parse::<CitizenId>().is_ok(), "{body}");
    }
}

#[test]
fn ages() {
    let born = |day: &str| {
        complete(&format!("420323{day}001"))
            .parse::<CitizenId>()
            .unwrap()
    };
    for (birth, on, age) in [
        ("19660512", date(2026, 5, 11), 59),
        ("19660512", date(2026, 5, 12), 60),
        ("20080229", date(2026, 2, 27), 17),
        ("20080229", date(2026, 2, 28), 18), // 民法典 202
        ("20080229", date(2028, 2, 28), 19),
        ("20080229", date(2028, 2, 29), 20),
        ("20260512", date(2026, 5, 12), 0),
        ("20260512", date(2020, 1, 1), 0),
    ] {
        assert_eq!(born(birth).age_on(on), age, "{birth} on {on}");
    }
}

#[test]
fn a_birth_must_be_believable_on_the_day() {
    let number = |day: &str| complete(&format!("420323{day}001"));
    let today = date(2026, 5, 12);
    assert!(CitizenId::parse_on(&number("20260512"), today).is_ok());
    assert!(CitizenId::parse_on(&number("18960512"), today).is_ok());
    for absurd in ["20260513", "20990101", "18950512"] {
        assert_eq!(
            CitizenId::parse_on(&number(absurd), today),
            Err(IdError::BirthDate),
            "{absurd}"
        );
    }
}

#[test]
fn nothing_leaks_by_debug_and_json_is_checked() {
    let id: CitizenId = "11010519491231002X".parse().unwrap();
    assert_eq!(format!("{id:?}"), "CitizenId(110105********002X)");
    let json = serde_json::to_string(&id).unwrap();
    assert_eq!(json, "\"11010519491231002X\"");
    assert_eq!(serde_json::from_str::<CitizenId>(&json).unwrap(), id);
    let error = serde_json::from_str::<CitizenId>("\"110105194912310021\"")
        .unwrap_err()
        .to_string();
    assert!(
        error.contains("校验") && !error.contains("194912"),
        "{error}"
    );
    assert!(serde_json::from_str::<CitizenId>("42").is_err());
}

fn numbers() -> impl Strategy<Value = String> {
    let divisions =
        proptest::sample::select(vec!["420323", "421221", "110105", "640302", "510202"]);
    (divisions, 0_i32..50_000, 0_u32..1000).prop_map(|(division, days, order)| {
        let birth = date(1900, 1, 1).saturating_add(jiff::Span::new().days(days));
        complete(&format!("{division}{}{order:03}", birth.strftime("%Y%m%d")))
    })
}

proptest! {
    #[test]
    fn built_numbers_parse(number in numbers()) {
        let id: CitizenId = number.parse().unwrap();
        prop_assert_eq!(id.as_str(), &number);
        prop_assert_eq!(id.sex() == Sex::Male, number.as_bytes()[16] % 2 == 1);
        prop_assert!(!id.masked().contains(&number[6..14]));
    }

    #[test]
    fn every_wrong_character_is_found(number in numbers(), at in 0_usize..18, other in "[0-9X]") {
        let mut wrong = number.clone();
        wrong.replace_range(at..=at, &other);
        prop_assume!(wrong != number);
        prop_assert!(wrong.parse::<CitizenId>().is_err());
    }

    #[test]
    fn every_swap_of_neighbours_is_found(number in numbers(), at in 0_usize..17) {
        let mut swapped = number.clone().into_bytes();
        swapped.swap(at, at + 1);
        let swapped = String::from_utf8(swapped).unwrap();
        prop_assume!(swapped != number);
        prop_assert!(swapped.parse::<CitizenId>().is_err());
    }

    #[test]
    fn any_text_is_refused_calmly(text in "\\PC{0,24}") {
        prop_assert!(text.parse::<CitizenId>().is_err());
    }
}
