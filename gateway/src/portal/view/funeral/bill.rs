//! One bill: every line of the price list, what was waived, what remains.

use yiwang_civic::money::Fen;
use yiwang_proto::burial::v1 as pb;

use crate::portal::view::format;

/// A bill in words.
pub(crate) struct BillView {
    pub(crate) number: String,
    pub(crate) issued: String,
    pub(crate) lines: Vec<BillRow>,
    pub(crate) total: String,
    pub(crate) waived: String,
    /// Empty when nothing is.
    pub(crate) subsidised: String,
    pub(crate) charged: String,
    /// Empty when nothing was.
    pub(crate) refunded: String,
    /// Nothing is to be paid.
    pub(crate) free: bool,
}

/// A line of it.
pub(crate) struct BillRow {
    pub(crate) title: String,
    /// 30小时
    pub(crate) quantity: String,
    pub(crate) amount: String,
    pub(crate) off: String,
    pub(crate) charged: String,
    pub(crate) document: String,
}

impl BillView {
    pub(crate) fn of(bill: &pb::Bill) -> Self {
        Self {
            number: bill.number.clone(),
            issued: format::iso_day(&bill.issued_on),
            lines: bill.lines.iter().map(row).collect(),
            total: yuan(bill.lines_fen),
            waived: yuan(bill.waived_fen),
            subsidised: some(bill.subsidised_fen),
            charged: yuan(bill.charged_fen),
            refunded: some(bill.refunded_fen),
            free: bill.charged_fen == 0,
        }
    }
}

fn row(line: &pb::BillLine) -> BillRow {
    BillRow {
        title: line.title.clone(),
        quantity: format!("{}{}", quantity(line.quantity_hundredths), line.unit),
        amount: yuan(line.fen),
        off: some(line.waived_fen + line.subsidised_fen),
        charged: yuan(line.charged_fen),
        document: line.document.clone(),
    }
}

/// 300.00元
pub(crate) fn yuan(fen: i64) -> String {
    format!("{}元", Fen(fen))
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
    fn quantities_are_as_short_as_they_can_be() {
        let all = [100, 150, 3_000, 125].map(quantity);
        assert_eq!(all, ["1", "1.5", "30", "1.25"]);
    }
}
