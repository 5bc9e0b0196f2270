//! What must be said when somebody leaves.

use jiff::civil::Date;

use super::super::words::{Cause, EndGround, LeaveType, Receiver, Relation, TempCare, Ticket};
use crate::domain::fields::{
    Day, DocumentNumber, LongText, Name, Phone, PlaceId, ShortText, TimeOfDay,
};

yiwang_casework::act_data! {
    /// 自行离站声明书.
    OwnWord {
        signed: bool, "bool", "本人已在自行离站声明书上签字（按指印）", "";
        things_returned: bool, "bool", "寄存物品已当面交还", "现金、证件、贵重物品先用“交还物品”办理，由两人签字。";
        ticket: Ticket, "Ticket", "返乡乘车", "";
        ? to: String, "ShortText", "到站（中转站）", "发乘车凭证的必填。";
        ? fare_yuan: u16, "u16", "短途公交费（元）", "不发现金；只有本地短途公交费可以给，要签收。";
        ? fare_signed: bool, "bool", "本人已签收公交费", "";
        ? own_living: bool, "bool", "已满16周岁，以自己的劳动收入为主要生活来源", "未满18周岁的填写。";
        ? escort_declined: bool, "bool", "已提出护送或者通知亲属，本人不要", "行动不便的必须先提出。";
    }
    /// 亲属接领.
    Fetched {
        name: String, "Name", "接领人姓名", "";
        number: String, "DocumentNumber", "接领人身份证号", "";
        relation: Relation, "Relation", "与受助人员的关系", "";
        card_checked: bool, "bool", "已核对身份证原件并留复印件", "";
        proof: String, "ShortText", "关系证明", "户口簿、公安机关或者村（居）委会证明的名称和编号。";
        phone: String, "Phone", "联系电话", "";
        ? guardian_verified: bool, "bool", "已核实是监护人", "未成年人、精神或者智力障碍人员只能交给监护人。";
        ? things_returned: bool, "bool", "寄存物品已当面交还", "";
        ? across_provinces: bool, "bool", "跨省", "";
    }
    /// To an office.
    HandOver {
        to: Receiver, "Receiver", "接收单位类别", "";
        unit: String, "ShortText", "接收单位", "";
        receiver: String, "Name", "接收人姓名", "";
        number: String, "ShortText", "接收人证件号码（工作证号）", "";
        record: String, "ShortText", "交接表编号", "";
        reasons: String, "LongText", "理由", "";
        ? things_returned: bool, "bool", "寄存物品已随人移交", "";
        ? cause: Option<Cause>, "Option<Cause>", "临时监护的情形", "未成年人移交未成年人救助保护机构、福利机构的必选。";
        ? care: Option<TempCare>, "Option<TempCare>", "临时监护的方式", "同上。";
        ? decision: String, "ShortText", "临时监护文书编号", "民政部门出具；同上。";
    }
    /// Gone.
    Absconded {
        noticed_at: String, "TimeOfDay", "发现时间", "";
        reasons: String, "LongText", "经过", "最后见到的时间地点、找过哪里。";
        ? receipt: String, "ShortText", "报警回执编号", "未成年人、精神或者智力障碍人员必须立即报警。";
    }
    /// 终止救助.
    Terminate {
        ground: EndGround, "EndGround", "依据", "";
        reasons: String, "LongText", "理由", "写进终止救助通知书。";
        things_returned: bool, "bool", "寄存物品已当面交还", "";
    }
    /// 死亡.
    Died {
        died_on: Date, "Day", "死亡日期", "";
        place: String, "ShortText", "死亡地点", "医院的写明名称。";
        certificate: String, "ShortText", "死亡证明编号", "医院或者公安机关出具。";
        told: String, "LongText", "告知亲属、单位的情况", "没有查明身份的，写明公告和留存DNA的情况。";
        ? dna_sample: String, "ShortText", "DNA样本编号", "没有查明身份的必填。";
    }
    /// From the register of deaths.
    DeathReported {
        died_on: Date, "Day", "登记的死亡日期", "";
        ? certificate: String, "ShortText", "死亡登记", "";
    }
    /// A trip or a placement.
    Trip {
        place: String, "PlaceId", "去哪里", "";
        case_number: String, "ShortText", "办件编号", "";
        ? reasons: String, "LongText", "说明", "";
    }
    /// Home.
    Home {
        leave_type: LeaveType, "LeaveType", "离站方式", "";
        case_number: String, "ShortText", "办件编号", "";
        ? across_provinces: bool, "bool", "跨省", "";
    }
}
