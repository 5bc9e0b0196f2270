//! Statements: signed, read back, forged.

use super::*;

fn key(seed: u8) -> SigningKey {
    SigningKey::from_bytes(&[seed; 32])
}

fn statement() -> Statement {
    let number = "J421221-2026-000001";
    let holders = ["张三", "欧阳明月"];
    Statement {
        service: "marriage".into(),
        kind: "marriage".into(),
        title: "结婚证".into(),
        number: number.into(),
        issuer: "嘉鱼县民政局婚姻登记处".into(),
        issued_on: jiff::civil::date(2026, 11, 28),
        holders: holders.map(crate::mask::name).into(),
    }
}

/// When everything here is signed.
fn now() -> Timestamp {
    "2026-11-28T02:00:00.25Z".parse().unwrap()
}

fn signed(key: &SigningKey, statement: &Statement) -> String {
    sign(key, statement, now())
}

fn public(seed: u8) -> PublicKey {
    PublicKey::always(key(seed).verifying_key())
}

/// Any JSON, well signed.
fn signed_json(prefix: &str, json: &str) -> String {
    let signed = format!("{prefix}{}", BASE64_URL_SAFE_NO_PAD.encode(json));
    let signature = key(1).sign(signed.as_bytes()).to_bytes();
    format!("{signed}.{}", BASE64_URL_SAFE_NO_PAD.encode(signature))
}

/// The statement as it was signed before `YW2`.
fn old_text() -> String {
    let json = format!(
        r#"{{"service":"marriage","kind":"marriage","title":"结婚证","number":"J421221-2026-000001",
            "issuer":"嘉鱼县民政局婚姻登记处","issued_on":"2026-11-28","holders":["张*","欧***"],
            "holder_digest":"{}"}}"#,
        "0".repeat(64)
    );
    signed_json(OLD_PREFIX, &json)
}

#[test]
fn a_signed_statement_reads_back_and_shows_no_person() {
    let text = signed(&key(1), &statement());
    let keys = [public(2), public(1)];
    assert_eq!(verify(&keys, &format!(" {text}\n")), Ok(statement()));
    let payload = text.split('.').nth(1).unwrap();
    let json = String::from_utf8(decode(payload).unwrap()).unwrap();
    assert!(json.starts_with(r#"{"service":"marriage","kind":"marriage","title":"#));
    let end = format!(
        r#""signed_at":"2026-11-28T02:00:00Z","key":"{}"}}"#,
        public(1).id()
    );
    assert!(json.ends_with(&end), "{json}");
    assert!(!json.contains("张三") && !json.contains("digest"));
    assert!(
        text.len() < 620,
        "{} characters make a fine QR code",
        text.len()
    );
}

#[test]
fn the_same_statement_is_always_the_same_text() {
    assert_eq!(signed(&key(1), &statement()), signed(&key(1), &statement()));
}

#[test]
fn a_changed_statement_does_not_hold() {
    let keys = [public(1)];
    let text = signed(&key(1), &statement());
    let other = Statement {
        number: "J421221-2026-000002".into(),
        ..statement()
    };
    let other = signed(&key(1), &other);
    let (other, _) = other.rsplit_once('.').unwrap();
    let (_, signature) = text.rsplit_once('.').unwrap();
    let forged = format!("{other}.{signature}");
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
    let text = signed(&key(1), &statement());
    // It names its key: an old key set does not make it a forgery.
    let unknown = Err(CertificateError::UnknownKey);
    assert_eq!(verify(&[public(2)], &text), unknown);
    assert_eq!(verify(&[], &text), unknown);
    let old = verify(&[public(2)], &old_text());
    assert_eq!(old, Err(CertificateError::Signature));
}

#[test]
fn what_was_signed_before_the_digest_was_dropped_still_holds() {
    let text = old_text();
    assert!(verify(&[public(1)], &text).is_ok());
    assert_eq!(find(format!("?c={text}").as_bytes()), Ok(text.as_str()));
    // Another prefix is another text.
    let renamed = text.replacen(OLD_PREFIX, PREFIX, 1);
    assert_eq!(
        verify(&[public(1)], &renamed),
        Err(CertificateError::Signature)
    );
}

#[test]
fn a_key_counts_for_the_time_it_was_in_use() {
    let hours = |hours| now() + jiff::SignedDuration::from_hours(hours);
    let text = signed(&key(1), &statement());
    let period = |from, to| PublicKey {
        from,
        to,
        ..public(1)
    };
    for (key, new, old) in [
        (period(None, Some(hours(1))), true, true),
        (period(Some(hours(-1)), None), true, true),
        (period(Some(hours(-1)), Some(hours(1))), true, true),
        // The old text says the day only, the 28th in Beijing.
        (period(Some(hours(1)), None), false, true),
        (period(None, Some(hours(-1))), false, true),
        (period(Some(hours(24)), None), false, false),
        (period(None, Some(hours(-24))), false, false),
    ] {
        let expected = |good: bool| (!good).then_some(CertificateError::Period);
        assert_eq!(
            verify(&[public(2), key], &text).err(),
            expected(new),
            "{key:?}"
        );
        assert_eq!(verify(&[key], &old_text()).err(), expected(old), "{key:?}");
    }
    // A machine's clock may be off a little.
    let just_ended = period(None, Some(now() - jiff::SignedDuration::from_mins(4)));
    assert!(verify(&[just_ended], &text).is_ok());
}

#[test]
fn what_has_another_form_is_no_statement() {
    let keys = [public(1)];
    let text = signed(&key(1), &statement());
    let million = "A".repeat(1_000_000);
    let long = format!("YW2.{million}.{million}");
    let other_version = text.replacen("YW2.", "YW3.", 1);
    let padded = format!("{text}==");
    for wrong in [
        "",
        ".",
        "..",
        "YW2.",
        "YW1..",
        "YW2.e30.AA",
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
    let keys = [public(1)];
    for json in ["{}", "[]", r#"{"service":"marriage"}"#, "\u{0}"] {
        let text = signed_json(PREFIX, json);
        assert_eq!(
            verify(&keys, &text),
            Err(CertificateError::Content),
            "{json}"
        );
    }
}

#[test]
fn the_statement_is_found_in_links_and_files() {
    let text = signed(&key(1), &statement());
    let link = format!("https://yiwang.local/verify?c={text}");
    assert_eq!(find(link.as_bytes()), Ok(text.as_str()));
    let sentence = format!("请核验 {text}.");
    assert_eq!(find(sentence.as_bytes()), Ok(text.as_str()));
    let pdf = [
        b"%PDF-1.7\n\xff\xfe YW1.broken YW2.broken /Keywords (",
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
    let other = signed(&key(2), &statement());
    let two = format!("{text} {other}");
    assert_eq!(find(two.as_bytes()), Err(CertificateError::Several));
}

#[test]
fn key_sets_read_back() {
    let retired = PublicKey {
        to: Some(now()),
        ..public(1)
    };
    let keys = [
        retired,
        PublicKey {
            from: Some(now()),
            ..public(2)
        },
    ];
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
