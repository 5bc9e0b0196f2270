//! Every act on a funeral, with what must be said in it.

use jiff::civil::Date;

pub use super::takeover::{LoseHandler, Named, TakeOver};
use crate::domain::{
    benefit::Group,
    fields::{Day, DocumentNumber, LongText, Name, ShortText},
};

yiwang_casework::field_kinds! {
    /// A Beijing time `2026-05-20T09:00`, chosen from the free times of the home.
    StartsAt => { "type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}$",
        "x-widget": "free-time" };
    /// Something of the home with a calendar; empty: any that is free.
    ResourceId => { "type": "string", "maxLength": 36, "x-widget": "resource" };
    /// Tag of a body, scanned.
    Tag => { "type": "string", "maxLength": 30, "x-widget": "scan" };
}

yiwang_casework::code_list! {
    /// Who can forbid a cremation.
    Authority {
        Police = "police", "公安机关";
        Court = "court", "人民法院";
        Procuratorate = "procuratorate", "人民检察院";
    }
}

yiwang_casework::actions! {
    /// 派车.
    Dispatch(Dispatch) = "dispatch";
    /// 撤销.
    Withdraw(Reasons) = "withdraw";
    /// 补登死亡证明, by the family.
    SendCertificate(CertificateNumber) = "send_certificate";
    /// 补登死亡证明, by the home.
    RecordCertificate(CertificateNumber) = "record_certificate";
    /// 接运, first signature.
    PickUp(PickUp) = "pick_up";
    /// 入馆, first signature.
    Receive(Receive) = "receive";
    /// 存放, first signature.
    Store(Store) = "store";
    /// 延长存放.
    Extend(Extend) = "extend_storage";
    /// 告别厅, by the family.
    ChooseFarewell(Choose) = "choose_farewell";
    /// 告别厅, by the home.
    SetFarewell(Choose) = "set_farewell";
    /// 不告别.
    DropFarewell = "drop_farewell";
    /// 不用告别厅, by the family.
    ChooseQuiet = "choose_quiet_farewell";
    /// 不用告别厅, by the home.
    SetQuiet = "set_quiet_farewell";
    /// 告别, first signature.
    Farewell(Scan) = "farewell";
    /// 火化时间, by the family.
    ChooseTime(Choose) = "choose_time";
    /// 火化时间, by the home.
    SetTime(Choose) = "set_time";
    /// 火化确认书 online.
    SignConfirmation(Confirm) = "sign_confirmation";
    /// 火化确认书 on paper.
    RecordConfirmation(PaperConfirmation) = "record_confirmation";
    /// 不得火化.
    Hold(Hold) = "hold";
    /// 解除.
    LiftHold(LiftHold) = "lift_hold";
    /// 报告公安机关.
    ReportPolice(Report) = "report_police";
    /// 火化前核验, first signature.
    Verify(Verify) = "verify";
    /// 火化开始, first signature.
    Start(Start) = "start_cremation";
    /// 火化结束, first signature.
    Finish(Scan) = "finish_cremation";
    /// 火化证明.
    Certify = "certify";
    /// 补发.
    Reissue(Reasons) = "reissue_certificate";
    /// 结算.
    Settle(Settle) = "settle";
    /// 骨灰交接, first signature.
    HandOver(Receipt) = "hand_over";
    /// 骨灰寄存, first signature.
    Deposit(Receipt) = "deposit";
    /// 撤销火化证明.
    RevokeCertificate(Reasons) = "revoke_certificate";
    /// 异议 against the death certificate.
    Contest(Reasons) = "contest_certificate";
    /// 撤销, for a family on the phone.
    WithdrawFor(Reasons) = "withdraw_for_family";
    /// 转为无人认领.
    LoseHandler(LoseHandler) = "lose_handler";
    /// 亲属接办.
    TakeOver(TakeOver) = "take_over";
    /// 查明身份: somebody nameless has a name.
    Named(Named) = "named";
    /// 外运申请.
    AskTransfer(Transfer) = "ask_transfer";
    /// 外运审批.
    DecideTransfer(TransferDecision) = "decide_transfer";
    /// 外运, first signature.
    TransferOut(TransferOut) = "transfer_out";
    /// 第二人复核.
    Countersign(Scan) = "countersign";
    /// 作废待复核的一步.
    Discard(Reasons) = "discard";
}

yiwang_casework::act_data! {
    /// A car goes out.
    Dispatch {
        driver: String, "ShortText", "司机", "";
        ? vehicle: String, "ResourceId", "车辆", "不选的，自动安排一辆空闲的。";
    }
}
yiwang_casework::act_data! {
    /// Why.
    Reasons { reasons: String, "LongText", "理由", ""; }
}
yiwang_casework::act_data! {
    /// The death certificate's number.
    CertificateNumber {
        number: String, "ShortText", "死亡证明编号", "居民死亡医学证明（推断）书右上角的编号。";
    }
}
yiwang_casework::act_data! {
    /// The body is taken over.
    PickUp {
        place: String, "ShortText", "接运地点", "";
        condition: String, "LongText", "遗体状况", "写明外观；有外伤、异常的如实写。";
        photo: bool, "bool", "已拍照留存", "";
        ? belongings: String, "LongText", "随身物品", "没有的不填。";
    }
}
yiwang_casework::act_data! {
    /// The body comes in.
    Receive {
        tag: String, "Tag", "遗体编号", "扫描手环。";
        condition: String, "LongText", "入馆时遗体状况", "与接运时不同的写明。";
    }
}
yiwang_casework::act_data! {
    /// Into a cell.
    Store {
        tag: String, "Tag", "遗体编号", "扫描手环。";
        ? cell: String, "ResourceId", "冷藏柜", "不选的，自动安排一个空闲的。";
    }
}
yiwang_casework::act_data! {
    /// Longer than the usual limit.
    Extend {
        days: u32, "u32", "延长天数", "从现在的期限起算。";
        reasons: String, "LongText", "理由", "";
        ? document: String, "ShortText", "批准文号", "超过县级批准界限的必填。";
    }
}
yiwang_casework::act_data! {
    /// A free time.
    Choose {
        starts_at: String, "StartsAt", "时间", "从空闲的时间里选。";
        ? resource: String, "ResourceId", "厅（炉）", "不选的，自动安排。";
    }
}
yiwang_casework::act_data! {
    /// Only the tag.
    Scan { tag: String, "Tag", "遗体编号", "扫描手环。"; }
}
yiwang_casework::act_data! {
    /// 遗体火化确认书 online.
    Confirm {
        agree: bool, "bool",
        "本人是承办人，已与其他近亲属商定，确认逝者身份无误，同意火化",
        "勾选即为签署遗体火化确认书。";
    }
}
yiwang_casework::act_data! {
    /// 遗体火化确认书 on paper.
    PaperConfirmation {
        name: String, "Name", "签字人姓名", "与身份证核对。";
        number: String, "DocumentNumber", "签字人身份证件号码", "";
        signed_on: Date, "Day", "签字日期", "";
    }
}
yiwang_casework::act_data! {
    /// 不得火化.
    Hold {
        authority: Authority, "Authority", "机关", "";
        document: String, "ShortText", "文书名称和文号", "";
        reasons: String, "LongText", "原因", "";
    }
}
yiwang_casework::act_data! {
    /// The hold ends.
    LiftHold {
        document: String, "ShortText", "解除文书的名称和文号", "";
        ? held_by: String, "ShortText", "原限制文书的文号", "只有一个限制的不填。";
    }
}
yiwang_casework::act_data! {
    /// The body is not as the paper says.
    Report {
        found: String, "LongText", "发现的情况", "";
        receipt: String, "ShortText", "报警回执编号", "";
    }
}
yiwang_casework::act_data! {
    /// The four papers on the table.
    Verify {
        tag: String, "Tag", "遗体编号", "扫描手环。";
        dead_name: String, "Name", "逝者姓名（照身份证件）", "";
        dead_number: String, "DocumentNumber", "逝者身份证件号码", "没有证件的不填。";
        certificate: String, "ShortText", "死亡证明编号（照证明）", "";
        handler_name: String, "Name", "承办人姓名（照身份证）", "";
        handler_number: String, "DocumentNumber", "承办人身份证件号码", "";
        fits_cause: bool, "bool", "遗体状况与死亡证明写的死亡原因相符", "";
    }
}
yiwang_casework::act_data! {
    /// Into the furnace.
    Start {
        tag: String, "Tag", "遗体编号", "进炉前扫描手环。";
        ? furnace: String, "ResourceId", "火化炉", "不选的，用预约的那台。";
    }
}
yiwang_casework::act_data! {
    /// A service beyond the chain, by its code of the price list.
    Extra {
        code: String, "ShortText", "项目编码", "";
        hundredths: u32, "u32", "数量（百分之一）", "1件填100。";
        ? yuan: String, "ShortText", "商定的单价（元）", "价目清单上是一个范围的必填，只能在范围以内。";
    }
}
yiwang_casework::act_data! {
    /// Services beyond the chain.
    Settle {
        ? extra: Vec<Extra>, "Vec<Extra>", "另选的服务", "基本服务自动列入，不用填。";
        ? group: Option<Group>, "Option<Group>", "惠民减免对象", "核对过证件的选；无名遗体、百岁老人不用选。";
    }
}
yiwang_casework::act_data! {
    /// Ashes leave only with card and receipt.
    Receipt {
        tag: String, "Tag", "骨灰标签上的遗体编号", "扫描标签。";
        name: String, "Name", "领取（寄存）人姓名", "照身份证。";
        number: String, "DocumentNumber", "领取（寄存）人身份证件号码", "";
        receipt: String, "ShortText", "收据编号", "";
    }
}
yiwang_casework::act_data! {
    /// 外运.
    Transfer {
        to: String, "ShortText", "运往何处", "写明省、市、县和接收的殡仪馆；国外的写明国家。";
        reasons: String, "LongText", "理由", "";
    }
}
yiwang_casework::act_data! {
    /// What the county says.
    TransferDecision {
        agree: bool, "bool", "同意外运", "";
        reasons: String, "LongText", "意见", "";
        ? document: String, "ShortText", "批准文号", "同意的必填。";
    }
}
yiwang_casework::act_data! {
    /// Out of the house.
    TransferOut {
        tag: String, "Tag", "遗体编号", "扫描手环。";
        driver: String, "ShortText", "司机", "";
        plate: String, "ShortText", "车牌号", "只能用殡仪馆的专用车辆。";
    }
}
