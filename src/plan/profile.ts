import { z } from "zod";

/**
 * An office's choices inside the ranges of Nghị định 30/2020/NĐ-CP, Phụ lục I, Phần I. A value
 * outside a range is refused. Sizes in points, lengths in millimetres.
 */
export const Profile = z
  .strictObject({
    margins: z
      .strictObject({
        top: z
          .number()
          .min(20)
          .max(25)
          .default(20)
          .meta({ title: "Lề trên, 20–25 mm (Mục I khoản 3)" }),
        bottom: z
          .number()
          .min(20)
          .max(25)
          .default(20)
          .meta({ title: "Lề dưới, 20–25 mm (Mục I khoản 3)" }),
        left: z
          .number()
          .min(30)
          .max(35)
          .default(30)
          .meta({ title: "Lề trái, 30–35 mm (Mục I khoản 3)" }),
        right: z
          .number()
          .min(15)
          .max(20)
          .default(20)
          .meta({ title: "Lề phải, 15–20 mm (Mục I khoản 3)" }),
      })
      .prefault({})
      .meta({ title: "Lề trang" }),
    bodySize: z
      .number()
      .min(13)
      .max(14)
      .default(14)
      .meta({ title: "Cỡ chữ nội dung, 13–14 (Mục II khoản 6 điểm e)" }),
    titleSize: z
      .number()
      .min(13)
      .max(14)
      .default(14)
      .meta({ title: "Cỡ chữ tên loại, trích yếu, 13–14 (Mục II khoản 5)" }),
    agencySize: z
      .number()
      .min(12)
      .max(13)
      .default(13)
      .meta({ title: "Cỡ chữ Quốc hiệu, tên cơ quan, 12–13 (Mục II khoản 1, 2)" }),
    tableSize: z.number().min(8).max(14).default(12).meta({ title: "Cỡ chữ trong bảng, 8–14" }),
    pageNumberSize: z
      .number()
      .min(13)
      .max(14)
      .default(14)
      .meta({ title: "Cỡ chữ số trang, 13–14 (Mục I khoản 7)" }),
    indent: z
      .union([z.literal(10), z.literal(12.7)])
      .default(12.7)
      .meta({ title: "Lùi đầu dòng, 10 hoặc 12,7 mm (Mục II khoản 6 điểm e)" }),
    spaceBefore: z
      .number()
      .min(6)
      .max(24)
      .default(6)
      .meta({ title: "Khoảng cách giữa các đoạn, ít nhất 6 pt (Mục II khoản 6 điểm e)" }),
    lineSpacing: z
      .number()
      .min(1)
      .max(1.5)
      .default(1.1)
      .meta({ title: "Dãn dòng, 1,0–1,5 dòng (Mục II khoản 6 điểm e)" }),
    citationDates: z
      .enum(["long", "short"])
      .default("long")
      .meta({ title: "Ngày của văn bản được dẫn: long (ngày … tháng …) hay short (18/01/2022)" }),
    compatibility: z
      .union([z.literal(14), z.literal(15)])
      .default(14)
      .meta({ title: "Chế độ tương thích của Word" }),
  })
  .meta({ title: "Thể thức của cơ quan" });
export type Profile = z.infer<typeof Profile>;

/** The profile of an office that chose nothing. */
export const DEFAULT_PROFILE: Profile = Profile.parse({});
