//! Statements: signed, read back, forged.

use super::*;

fn key(seed: u8) -> SigningKey {
    SigningKey::from_bytes(&[seed; 32])
}

fn statement() -> Statement {
    let number = "J421221-2026-000001";
    let holders = [
        ("张三", "420323199001011234"),
        ("欧阳明月", "640302199203054321"),
    ];
    Statement {
        service: "marriage".into(),
        kind: "marriage".into(),
        title: "结婚证".into(),
        number: number.into(),
        issuer: "嘉鱼县民政局婚姻登记处".into(),
        issued_on: jiff::civil::date(2026, 11, 28),
        holders: holders.map(|(name, _)| crate::mask::name(name)).into(),
        holder_digest: holder_digest(number, holders),
    }
}

#[test]
fn a_signed_statement_reads_back_and_shows_no_person() {
    let text = sign(&key(1), &statement());
    let keys = [key(2), key(1)].map(|key| key.verifying_key());
    assert_eq!(verify(&keys, &format!(" {text}\n")), Ok(statement()));
    let payload = text.split('.').nth(1).unwrap();
    let json = String::from_utf8(decode(payload).unwrap()).unwrap();
    assert!(json.starts_with(r#"{"service":"marriage","kind":"marriage","title":"#));
    assert!(json.ends_with(&format!(
        r#""holder_digest":"{}"}}"#,
        statement().holder_digest
    )));
    assert!(!json.contains("张三") && !json.contains("420323199001011234"));
    assert!(
        text.len() < 620,
        "{} characters make a fine QR code",
        text.len()
    );
}

#[test]
fn the_same_statement_is_always_the_same_text() {
    assert_eq!(sign(&key(1), &statement()), sign(&key(1), &statement()));
}

#[test]
fn a_changed_statement_does_not_hold() {
    let keys = [key(1).verifying_key()];
    let text = sign(&key(1), &statement());
    let other = Statement {
        number: "J421221-2026-000002".into(),
        ..statement()
    };
    let other = sign(&key(1), &other);
    let (signed, _) = other.rsplit_once('.').unwrap();
    let (_, signature) = text.rsplit_once('.').unwrap();
    let forged = format!("{signed}.{signature}");
    assert_eq!(verify(&keys, &forged), Err(CertificateError::Signature));
    // Each character counts.
    for at in PREFIX.len()..text.len() {
        let mut bytes = text.clone().into_bytes();
        bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
        let changed = String::from_utf8(bytes).unwrap();
        assert!(verify(&keys, &changed).is_err(), "{at}");
    }
}

#[test]
fn another_key_and_no_key_do_not_hold() {
    let text = sign(&key(1), &statement());
    let wrong = verify(&[key(2).verifying_key()], &text);
    assert_eq!(wrong, Err(CertificateError::Signature));
    assert_eq!(verify(&[], &text), Err(CertificateError::Signature));
}

#[test]
fn what_has_another_form_is_no_statement() {
    let keys = [key(1).verifying_key()];
    let text = sign(&key(1), &statement());
    let million = "A".repeat(1_000_000);
    let long = format!("YW1.{million}.{million}");
    let other_version = text.replacen("YW1.", "YW2.", 1);
    let padded = format!("{text}==");
    for wrong in [
        "",
        ".",
        "..",
        "YW1.",
        "YW1..",
        "YW1.e30.AA",
        "结婚证",
        "\0",
        &million,
        &long,
        &other_version,
        &padded,
    ] {
        let shown: String = wrong.chars().take(40).collect();
        assert_eq!(verify(&keys, wrong), Err(CertificateError::Form), "{shown}");
    }
}

#[test]
fn well_signed_nonsense_is_not_understood() {
    let keys = [key(1).verifying_key()];
    for json in ["{}", "[]", r#"{"service":"marriage"}"#, "\u{0}"] {
        let signed = format!("YW1.{}", BASE64_URL_SAFE_NO_PAD.encode(json));
        let signature = key(1).sign(signed.as_bytes()).to_bytes();
        let text = format!("{signed}.{}", BASE64_URL_SAFE_NO_PAD.encode(signature));
        assert_eq!(
            verify(&keys, &text),
            Err(CertificateError::Content),
            "{json}"
        );
    }
}

#[test]
fn the_digest_keeps_people_apart() {
    let one = holder_digest("N", [("ab", "c"), ("d", "e")]);
    assert_eq!(one.len(), 64);
    for other in [
        holder_digest("N", [("a", "bc"), ("d", "e")]),
        holder_digest("N", [("d", "e"), ("ab", "c")]),
        holder_digest("M", [("ab", "c"), ("d", "e")]),
    ] {
        assert_ne!(one, other);
    }
}

#[test]
fn the_statement_is_found_in_links_and_files() {
    let text = sign(&key(1), &statement());
    let link = format!("https://yiwang.local/verify?c={text}");
    assert_eq!(find(link.as_bytes()), Ok(text.as_str()));
    let sentence = format!("请核验 {text}.");
    assert_eq!(find(sentence.as_bytes()), Ok(text.as_str()));
    let pdf = [
        b"%PDF-1.7\n\xff\xfe YW1.broken /Keywords (",
        text.as_bytes(),
        b")\nYW1. <pdf:Keywords>",
        text.as_bytes(),
        b"</pdf:Keywords>",
    ]
    .concat();
    assert_eq!(find(&pdf), Ok(text.as_str()));
    assert_eq!(find(b"%PDF-1.7"), Err(CertificateError::Absent));
    assert_eq!(
        find(&b"YW1.".repeat(250_000)),
        Err(CertificateError::Absent)
    );
    let other = sign(&key(2), &statement());
    let two = format!("{text} {other}");
    assert_eq!(find(two.as_bytes()), Err(CertificateError::Several));
}

#[test]
fn key_sets_read_back() {
    let keys = [key(1).verifying_key(), key(2).verifying_key()];
    let mut set = key_set(&keys);
    let rsa = json!({"kty": "RSA", "n": "x", "e": "AQAB"});
    set["keys"].as_array_mut().unwrap().push(rsa);
    assert_eq!(read_key_set(&set.to_string()), Ok(keys.to_vec()));
    let empty = r#"{"keys":[]}"#;
    let short = r#"{"keys":[{"kty":"OKP","crv":"Ed25519","x":"AAAA"}]}"#;
    for wrong in ["", "[]", empty, short] {
        assert_eq!(read_key_set(wrong), Err(CertificateError::Keys), "{wrong}");
    }
}
