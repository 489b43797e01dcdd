import { Bar, BarChart, LabelList, ResponsiveContainer, XAxis, YAxis } from "recharts";

import { formatDuration } from "../time/format-duration.js";
import type { UsageEntry } from "./usage-panel.js";

const barHeightPx = 34;

/** Bars of how long agents had each reason. In a module of its own, which is loaded when it is shown. */
export default function UsageChart({ entries }: { readonly entries: readonly UsageEntry[] }) {
  return (
    <ResponsiveContainer width="100%" height={entries.length * barHeightPx}>
      <BarChart
        data={[...entries]}
        layout="vertical"
        margin={{ top: 0, right: 96, bottom: 0, left: 0 }}
        accessibilityLayer={false}
      >
        <XAxis type="number" hide />
        <YAxis
          type="category"
          dataKey="text"
          width={112}
          interval={0}
          axisLine={false}
          tickLine={false}
          tickFormatter={shorten}
          tick={{ fill: "var(--ink)", fontSize: 14 }}
        />
        <Bar dataKey="seconds" fill="var(--accent)" radius={4} barSize={16} isAnimationActive={false}>
          <LabelList
            dataKey="seconds"
            position="right"
            fill="var(--faint)"
            fontSize={13}
            formatter={(seconds) => formatDuration(Number(seconds))}
          />
        </Bar>
      </BarChart>
    </ResponsiveContainer>
  );
}

/** Texts have up to 100 characters; the table for screen readers has them whole. */
function shorten(text: string): string {
  return text.length > 14 ? `${text.slice(0, 13)}…` : text;
}
