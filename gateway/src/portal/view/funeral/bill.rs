//! One bill in a family's words: what was used, what 惠民 pays, what they pay.

use yiwang_civic::money::Fen;
use yiwang_proto::burial::v1 as pb;

use crate::portal::view::format;

/// A bill in words.
pub(crate) struct BillView {
    pub(crate) number: String,
    pub(crate) issued: String,
    pub(crate) lines: Vec<BillRow>,
    pub(crate) total: String,
    /// Empty when nothing is.
    pub(crate) waived: String,
    /// Empty when nothing is.
    pub(crate) subsidised: String,
    pub(crate) charged: String,
    /// What the family pays for: 告别厅300元、花圈60元.
    pub(crate) due: String,
    /// Empty when nothing was.
    pub(crate) refunded: String,
    /// Nothing is to be paid.
    pub(crate) free: bool,
    /// What the prices stand on, each once.
    pub(crate) documents: String,
}

/// A line of it.
pub(crate) struct BillRow {
    pub(crate) title: String,
    /// 30小时，每小时15元，共450元
    pub(crate) detail: String,
    /// Empty when nothing is.
    pub(crate) off: String,
    /// Empty when nothing is.
    pub(crate) charged: String,
}

impl BillView {
    pub(crate) fn of(bill: &pb::Bill) -> Self {
        let charged = bill.lines.iter().filter(|line| line.charged_fen > 0);
        let due: Vec<_> = charged
            .map(|line| format!("{}{}", line.title, yuan(line.charged_fen)))
            .collect();
        let mut documents: Vec<&str> = bill.lines.iter().map(|line| &*line.document).collect();
        documents.retain(|text| !text.is_empty());
        documents.sort_unstable();
        documents.dedup();
        Self {
            number: bill.number.clone(),
            issued: format::iso_day(&bill.issued_on),
            lines: bill.lines.iter().map(row).collect(),
            total: yuan(bill.lines_fen),
            waived: some(bill.waived_fen),
            subsidised: some(bill.subsidised_fen),
            charged: yuan(bill.charged_fen),
            due: due.join("、"),
            refunded: some(bill.refunded_fen),
            free: bill.charged_fen == 0,
            documents: documents.join("、"),
        }
    }

    /// All bills of a case.
    pub(crate) fn all(bills: &[pb::Bill]) -> Vec<Self> {
        bills.iter().map(Self::of).collect()
    }
}

fn row(line: &pb::BillLine) -> BillRow {
    let quantity = quantity(line.quantity_hundredths);
    let mut detail = match line.unit.starts_with(|c: char| c.is_ascii_digit()) {
        // 20年, of which a part was taken.
        true => format!("按{}计", each(&line.unit, &yuan(line.unit_fen))),
        false => format!("{quantity}{}", measure(&line.unit)),
    };
    let one = line.quantity_hundredths == 100 || line.unit_fen == 0;
    if !one && !line.unit.starts_with(|c: char| c.is_ascii_digit()) {
        detail = format!("{detail}，{}", each(&line.unit, &yuan(line.unit_fen)));
    }
    BillRow {
        title: line.title.clone(),
        detail: format!("{detail}，共{}", yuan(line.fen)),
        off: some(line.waived_fen + line.subsidised_fen),
        charged: some(line.charged_fen),
    }
}

/// 每小时15元; 20年600元 where the unit counts itself.
pub(crate) fn each(unit: &str, price: &str) -> String {
    let counts = unit.starts_with(|c: char| c.is_ascii_digit());
    match counts {
        true => format!("{unit}{price}"),
        false => format!("每{}{price}", measure(unit)),
    }
}

/// As it is counted in speech.
fn measure(unit: &str) -> &str {
    match unit {
        "月" => "个月",
        other => other,
    }
}

/// 300元, 12.50元
pub(crate) fn yuan(fen: i64) -> String {
    let text = Fen(fen).to_string();
    format!("{}元", text.strip_suffix(".00").unwrap_or(&text))
}

fn some(fen: i64) -> String {
    match fen {
        0 => String::new(),
        fen => yuan(fen),
    }
}

/// 1, 1.5, 30
fn quantity(hundredths: i64) -> String {
    let (whole, rest) = (hundredths / 100, hundredths % 100);
    match rest {
        0 => whole.to_string(),
        rest if rest % 10 == 0 => format!("{whole}.{}", rest / 10),
        rest => format!("{whole}.{rest:02}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantities_and_amounts_are_as_short_as_they_can_be() {
        let all = [100, 150, 3_000, 125].map(quantity);
        assert_eq!(all, ["1", "1.5", "30", "1.25"]);
        assert_eq!([30_000, 1_250].map(yuan), ["300元", "12.50元"]);
    }

    #[test]
    fn a_line_says_how_much_of_what() {
        let line = |unit: &str, hundredths, unit_fen, fen| pb::BillLine {
            unit: unit.into(),
            quantity_hundredths: hundredths,
            unit_fen,
            fen,
            ..Default::default()
        };
        let all = [
            line("小时", 3_000, 1_500, 45_000),
            line("次", 100, 30_000, 30_000),
            line("月", 1_500, 2_000, 30_000),
            line("20年", 50, 60_000, 30_000),
        ];
        let all = all.each_ref().map(|line| row(line).detail);
        assert_eq!(
            all,
            [
                "30小时，每小时15元，共450元",
                "1次，共300元",
                "15个月，每个月20元，共300元",
                "按20年600元计，共300元",
            ]
        );
    }

    #[test]
    fn what_is_to_be_paid_is_named() {
        let line = |title: &str, charged_fen, document: &str| pb::BillLine {
            title: title.into(),
            charged_fen,
            document: document.into(),
            ..Default::default()
        };
        let bill = BillView::of(&pb::Bill {
            charged_fen: 36_000,
            lines: vec![
                line("火化", 0, "甲"),
                line("告别厅", 30_000, "甲"),
                line("花圈", 6_000, ""),
            ],
            ..Default::default()
        });
        assert_eq!(bill.due, "告别厅300元、花圈60元");
        assert_eq!((bill.documents.as_str(), bill.free), ("甲", false));
    }
}
