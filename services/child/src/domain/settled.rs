//! What the bank answered about a payment.

use super::fields::ShortText;

yiwang_casework::act_data! {
    /// Paid, or returned and why.
    Settled {
        month: String, "ShortText", "月份", "";
        fen: i64, "i64", "金额", "";
        batch: String, "ShortText", "银行批次号", "";
        ? returned: String, "ShortText", "退回原因", "";
        ? period: String, "ShortText", "哪一期", "";
    }
}
