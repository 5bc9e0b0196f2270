use proptest::prelude::*;

use super::*;

#[test]
fn yuan_as_people_write_them() {
    for (text, fen) in [
        ("300", 30_000),
        ("300.5", 30_050),
        ("300.05", 30_005),
        ("-3.05", -305),
        ("0", 0),
        ("4,560.00", 456_000),
        ("1,234,567", 123_456_700),
        (" ３００．５０ ", 30_050),
    ] {
        assert_eq!(Fen::from_yuan_str(text), Ok(Fen(fen)), "{text}");
    }
    for bad in [
        "", "-", ".", "1.", ".5", "1e3", "1 000", "45,60", "1,2345", ",100", "abc", "¥3", "--1",
        "+1", "NaN",
    ] {
        assert_eq!(Fen::from_yuan_str(bad), Err(MoneyError::Format), "{bad}");
    }
    assert_eq!(Fen::from_yuan_str("1.234"), Err(MoneyError::Decimals));
    assert_eq!(
        Fen::from_yuan_str("99999999999999999999"),
        Err(MoneyError::Overflow)
    );
}

#[test]
fn shares_and_ratios() {
    // 竹山: a standard of 4,560 yuan a year is 380 a month; three persons with 300 of income get 840.
    let month = Fen::from_yuan(4560)
        .and_then(|year| year.div_round(12))
        .unwrap();
    assert_eq!(month.yuan(), "380.00");
    let gap = month
        .checked_mul(3)
        .and_then(|all| all.checked_sub(Fen(30_000)))
        .unwrap();
    assert_eq!(gap.yuan(), "840.00");
    assert_eq!(Fen(100).div_round(3), Some(Fen(33)));
    assert_eq!(Fen(200).div_round(3), Some(Fen(67)));
    assert_eq!(Fen(1).div_round(2), Some(Fen(1)));
    assert_eq!(Fen(-1).div_round(2), Some(Fen(-1)));
    assert_eq!(Fen(1).div_round(0), None);
    let times = |fen: i64, ratio: &str| Fen(fen).times(ratio.parse().unwrap());
    assert_eq!(times(38_000, "1.5"), Some(Fen(57_000)));
    assert_eq!(times(38_000, "30%"), Some(Fen(11_400)));
    assert_eq!(times(200_000, "1/6"), Some(Fen(33_333)));
    assert_eq!(times(i64::MAX, "2"), None);
    assert_eq!(
        Fen(12_345).round_to(Fen(100), Rounding::HalfUp),
        Some(Fen(12_300))
    );
    assert_eq!(
        Fen(12_345).round_to(Fen(100), Rounding::Up),
        Some(Fen(12_400))
    );
    assert_eq!(
        Fen(12_355).round_to(Fen(10), Rounding::HalfUp),
        Some(Fen(12_360))
    );
    assert_eq!(
        Fen(-155).round_to(Fen(100), Rounding::Down),
        Some(Fen(-100))
    );
    assert_eq!(Fen(1).round_to(Fen::ZERO, Rounding::Up), None);
}

#[test]
fn overflow_is_seen() {
    assert_eq!(Fen(i64::MAX).checked_add(Fen(1)), None);
    assert_eq!(Fen(i64::MIN).checked_sub(Fen(1)), None);
    assert_eq!(Fen(i64::MAX).checked_mul(2), None);
    assert_eq!(Fen::sum([Fen(i64::MAX), Fen(1)]), None);
    assert_eq!(Fen::sum([]), Some(Fen::ZERO));
    assert_eq!(Fen(i64::MIN).to_string(), "-92233720368547758.08");
}

#[test]
fn ratios() {
    let ratio = |text: &str| text.parse::<Ratio>().map(Ratio::parts);
    for (text, parts) in [
        ("1.5", (3, 2)),
        ("1/6", (1, 6)),
        ("30%", (3, 10)),
        ("0.10", (1, 10)),
        ("2", (2, 1)),
        ("-0.5", (-1, 2)),
        ("12.5%", (1, 8)),
    ] {
        assert_eq!(ratio(text), Ok(parts), "{text}");
    }
    for bad in [
        "",
        "1/0",
        "1/-2",
        "1.",
        ".",
        "%",
        "1e5",
        "1.5.1",
        "0.0000000000000000000001",
    ] {
        assert_eq!(ratio(bad), Err(RatioError), "{bad}");
    }
    assert!("1/3".parse::<Ratio>().unwrap() < "0.34".parse().unwrap());
    assert_eq!(serde_json::to_string(&Ratio::new(3, 2)).unwrap(), "\"3/2\"");
    assert_eq!(serde_json::to_string(&Fen(84_000)).unwrap(), "84000");
}

proptest! {
    #[test]
    fn written_and_read_again(fen in i64::MIN + 1..=i64::MAX) {
        prop_assert_eq!(Fen::from_yuan_str(&Fen(fen).yuan()), Ok(Fen(fen)));
    }

    #[test]
    fn a_share_is_off_by_half_a_fen_at_most(fen in any::<i32>(), n in 1_i64..10_000) {
        let fen = i64::from(fen);
        let share = Fen(fen).div_round(n).unwrap().0;
        prop_assert!((share * n - fen).abs() * 2 <= n);
    }

    #[test]
    fn any_text_is_read_or_refused(text in "\\PC{0,20}") {
        let _ = Fen::from_yuan_str(&text);
        let _ = text.parse::<Ratio>();
    }
}
