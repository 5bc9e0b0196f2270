use proptest::prelude::*;

use super::*;

const ID: &str = "11010519491231002X";

fn read(
    kind: DocumentKind,
    country: &str,
    number: &str,
) -> Result<IdentityDocument, DocumentError> {
    IdentityDocument::read(kind, country, number)
}

#[test]
fn as_people_type_them() {
    use DocumentKind::{
        CitizenId, HkMacaoPermit, Passport, PermanentResidence, TaiwanPermit, TravelDocument,
    };
    for (kind, country, number, text, shown) in [
        (CitizenId, "", "11010519491231002x", ID, ID),
        (
            Passport,
            "fra",
            " 12ab 34567 ",
            "passport:FRA:12AB34567",
            "12AB34567",
        ),
        (
            Passport,
            "法国",
            "１２ＡＢ３４５６７",
            "passport:FRA:12AB34567",
            "12AB34567",
        ),
        (
            Passport,
            "CHN",
            "EA-1234567",
            "passport:CHN:EA1234567",
            "EA1234567",
        ),
        (
            PermanentResidence,
            "USA",
            "usa110000123456",
            "permanent_residence:USA:USA110000123456",
            "USA110000123456",
        ),
        (
            HkMacaoPermit,
            "",
            "h12345678",
            "hk_macao_permit:HKG:H12345678",
            "H12345678",
        ),
        (
            HkMacaoPermit,
            "HKG",
            "H1234567801",
            "hk_macao_permit:HKG:H12345678",
            "H12345678",
        ),
        (
            HkMacaoPermit,
            "",
            "M12345678",
            "hk_macao_permit:MAC:M12345678",
            "M12345678",
        ),
        (
            TaiwanPermit,
            "",
            "12345678",
            "taiwan_permit:TWN:12345678",
            "12345678",
        ),
        (
            TravelDocument,
            "XXA",
            "TD00123",
            "travel_document:XXA:TD00123",
            "TD00123",
        ),
    ] {
        let document = read(kind, country, number).unwrap();
        assert_eq!((document.as_str(), document.number()), (text, shown));
        assert_eq!(document.kind(), kind);
        assert_eq!(text.parse(), Ok(document), "{text}");
    }
}

#[test]
fn refusals_say_why_and_where() {
    use DocumentKind::{CitizenId, HkMacaoPermit, Passport, PermanentResidence, TaiwanPermit};
    for (kind, country, number, error, part) in [
        (
            CitizenId,
            "",
            "110105194912310021",
            DocumentError::Citizen(IdError::CheckDigit),
            Part::Number,
        ),
        (
            Passport,
            "",
            "12AB34567",
            DocumentError::Country,
            Part::Country,
        ),
        (
            Passport,
            "FRANCE",
            "12AB34567",
            DocumentError::Country,
            Part::Country,
        ),
        (Passport, "FRA", " ", DocumentError::Empty, Part::Number),
        (Passport, "FRA", "12AB", DocumentError::Number, Part::Number),
        (
            Passport,
            "FRA",
            "123456789012345678901",
            DocumentError::Number,
            Part::Number,
        ),
        (
            Passport,
            "FRA",
            "12AB:4567",
            DocumentError::Number,
            Part::Number,
        ),
        (
            Passport,
            "FRA",
            "护照12345",
            DocumentError::Number,
            Part::Number,
        ),
        (
            PermanentResidence,
            "CHN",
            "CHN110000123456",
            DocumentError::CountryOfKind,
            Part::Country,
        ),
        (
            PermanentResidence,
            "HKG",
            "HKG110000123456",
            DocumentError::CountryOfKind,
            Part::Country,
        ),
        (
            HkMacaoPermit,
            "",
            "K12345678",
            DocumentError::Form,
            Part::Number,
        ),
        (
            HkMacaoPermit,
            "",
            "H123456789",
            DocumentError::Form,
            Part::Number,
        ),
        (
            HkMacaoPermit,
            "MAC",
            "H12345678",
            DocumentError::CountryOfKind,
            Part::Country,
        ),
        (
            TaiwanPermit,
            "FRA",
            "12345678",
            DocumentError::CountryOfKind,
            Part::Country,
        ),
    ] {
        let refused = read(kind, country, number).unwrap_err();
        assert_eq!(
            (refused, refused.part()),
            (error, part),
            "{country} {number}"
        );
        assert!(!refused.message().is_ascii() && refused.reason().is_ascii());
    }
    for text in [
        "",
        "passport",
        "passport:FRA",
        "card:FRA:12AB34567",
        "citizen_id:CHN:11010519491231002X",
    ] {
        assert!(text.parse::<IdentityDocument>().is_err(), "{text}");
    }
}

/// 港澳台居民居住证 carries a number of the citizen kind.
#[test]
fn a_residence_permit_is_read_as_a_citizen_id() {
    for body in [
        "81000019900101123",
        "82000019900101123",
        "83000019900101123",
    ] {
        let check = crate::check::mod_11_2(body.as_bytes()).unwrap();
        let number = format!("{body}{}", char::from(check));
        let document: IdentityDocument = number.parse().unwrap();
        assert!(document.citizen().is_some(), "{number}");
    }
}

#[test]
fn nothing_leaks_by_debug_and_json_is_the_text() {
    let passport = read(DocumentKind::Passport, "FRA", "12AB34567").unwrap();
    let IdentityDocument::Other(other) = &passport else {
        panic!()
    };
    for debug in [format!("{passport:?}"), format!("{other:?}")] {
        assert!(!debug.contains("12AB34567"), "{debug}");
    }
    let json = serde_json::to_string(&passport).unwrap();
    assert_eq!(json, "\"passport:FRA:12AB34567\"");
    assert_eq!(
        serde_json::from_str::<IdentityDocument>(&json).unwrap(),
        passport
    );
    let id: IdentityDocument = serde_json::from_str(&format!("\"{ID}\"")).unwrap();
    assert_eq!(id, IdentityDocument::from(ID.parse::<CitizenId>().unwrap()));
    let error = serde_json::from_str::<IdentityDocument>("\"passport:FRA:é23456\"").unwrap_err();
    assert!(!error.to_string().contains("23456"), "{error}");
}

fn foreign() -> impl Strategy<Value = DocumentKind> {
    proptest::sample::select(vec![
        DocumentKind::Passport,
        DocumentKind::PermanentResidence,
        DocumentKind::TravelDocument,
    ])
}

proptest! {
    #[test]
    fn canonical_texts_parse_to_themselves(kind in foreign(), country in "FRA|USA|JPN|XXA", number in "[A-Z0-9]{5,20}") {
        let document = read(kind, &country, &number).unwrap();
        prop_assert_eq!(document.number(), &number);
        prop_assert_eq!(document.country().code(), &country);
        let again: IdentityDocument = document.as_str().parse().unwrap();
        prop_assert_eq!(&again, &document);
        prop_assert_eq!(format!("{}:{country}:{number}", kind.code()), document.as_str());
    }

    #[test]
    fn spelling_does_not_count(number in "[A-Z0-9]{5,20}", at in 0_usize..5) {
        let mut typed = number.to_ascii_lowercase();
        typed.insert(at, ' ');
        prop_assert_eq!(
            read(DocumentKind::Passport, "fra", &typed),
            read(DocumentKind::Passport, "FRA", &number)
        );
    }

    #[test]
    fn any_text_is_read_calmly(text in "\\PC{0,24}") {
        if let Ok(document) = text.parse::<IdentityDocument>() {
            let again = document.as_str().parse::<IdentityDocument>();
            prop_assert_eq!(again, Ok(document));
        }
    }

    #[test]
    fn debug_never_shows_the_middle(number in "[A-Z0-9]{8,20}") {
        let document = read(DocumentKind::Passport, "FRA", &number).unwrap();
        prop_assert!(!document.masked().contains(&number[2..number.len() - 2]));
    }
}
