//! Every act on a comparison.

use crate::domain::{
    document::Document,
    fields::{DivisionCode, DocumentNumber, LongText, Name, ShortText},
    stay::action::Reasons,
};

yiwang_casework::code_list! {
    /// Who answers.
    Proof {
        Police = "police", "公安机关核实";
        Dna = "dna", "DNA亲缘比对";
    }
}

yiwang_casework::actions! {
    /// 比对, by one, then by another.
    Compare(Compare) = "compare";
    /// 请公安核实, 请做DNA.
    Ask(Ask) = "ask";
    /// 登记答复.
    Answer(Answer) = "answer";
    /// 确认.
    Confirm(Confirm) = "confirm";
    /// 排除.
    Reject(Reasons) = "reject";
    /// 重新比对.
    Reopen(Reasons) = "reopen";
    /// 撤销确认.
    TakeBack(Reasons) = "take_back";
    /// One side has ended.
    Lapse(Reasons) = "lapse";
}

yiwang_casework::act_data! {
    /// Side by side.
    Compare {
        same: bool, "bool", "认为是同一个人", "";
        findings: String, "LongText", "比对情况", "逐项写明相同、不同和不清楚的地方；照片要当面比。";
    }
    /// To the police.
    Ask {
        proof: Proof, "Proof", "核实方式", "";
        agency: String, "ShortText", "公安机关", "";
        document: String, "ShortText", "函件编号", "";
    }
    /// What they answer.
    Answer {
        same: bool, "bool", "答复为同一个人（有亲缘关系）", "";
        agency: String, "ShortText", "答复机关", "";
        paper: String, "ShortText", "文书编号", "";
        findings: String, "LongText", "答复内容", "";
    }
    /// Who it is.
    Confirm {
        name: String, "Name", "姓名", "照公安机关的答复填写。";
        number: String, "DocumentNumber", "证件号码", "";
        ? document: Document, "Document", "证件种类", "";
        ? country: String, "ShortText", "签发国家（地区）", "照护照填写。";
        ? household: String, "DivisionCode", "户籍地", "";
    }
}
