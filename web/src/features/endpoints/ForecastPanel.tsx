import { BarList } from "@/shared/charts/BarList";
import { formatChance, formatCount, formatNumber, formatShare } from "@/shared/format/number";
import { Notice } from "@/shared/ui/Notice";
import { Panel } from "@/shared/ui/Panel";
import { Calibration } from "./Calibration";
import type { Forecast } from "./useEndpoint";

function score(value: number | null): string {
  return value === null ? "not known" : value.toFixed(4);
}

/** How the forecasts compare with saying that it goes on as it is; differences below a ten-thousandth are none. */
function record({ brier, naive_brier: naive }: Forecast): string {
  if (brier === null || naive === null) return "Not enough judged yet to compare with a naive forecast.";
  if (Math.abs(brier - naive) < 1e-4) return "As good as a naive forecast.";
  return brier < naive ? `${formatShare(1 - brier / naive)} less error than a naive forecast.` : "Worse than a naive forecast so far.";
}

function Body({ forecast }: { forecast: Forecast }) {
  const isBetter = forecast.brier !== null && forecast.naive_brier !== null && forecast.brier < forecast.naive_brier;
  return (
    <div className="grid gap-x-6 gap-y-4 sm:grid-cols-2">
      <div>
        {forecast.failing && <p className="tint-critical mb-2 rounded-md px-3 py-1.5 text-[13px] text-critical">It is failing now.</p>}
        {forecast.silent && <p className="tint-medium mb-2 rounded-md px-3 py-1.5 text-[13px] text-medium">The forecaster keeps silent here: {forecast.reason ?? "its record is too poor."}</p>}
        <BarList
          most={1}
          rows={Object.entries(forecast.probability).sort(([a], [b]) => Number(a) - Number(b)).map(([minutes, probability]) => ({ key: minutes, label: `fails within ${minutes} min`, value: probability, shown: formatChance(probability), color: probability >= 0.5 ? "var(--high-fill)" : "var(--low-fill)" }))}
        />
        {forecast.minutes_to_failure !== null && <p className="mt-2 font-medium text-high">At this pace in about {formatNumber(forecast.minutes_to_failure)} minutes.</p>}
      </div>
      <div className="text-[13px]">
        <p className="mb-1 text-muted" data-hint="Each forecast is compared with what came. Brier score: mean squared error of the probabilities, lower is better; the naive forecast says what happened last." tabIndex={0}>
          Its record here: {formatCount(forecast.judged)} forecasts judged
        </p>
        <p className={isBetter ? "text-ok" : "text-muted"} tabIndex={0} data-hint={`Brier score ${score(forecast.brier)}, of a naive forecast ${score(forecast.naive_brier)}. Where nothing has ever failed, saying "it will not" cannot be beaten.`}>
          {record(forecast)}
        </p>
        <p className="text-muted">Median lead time {forecast.lead_time_minutes_median === null ? "not known yet" : `${formatNumber(forecast.lead_time_minutes_median)} min`}; {forecast.false_alarms_per_day === null ? "false alarms not known yet" : `${formatNumber(forecast.false_alarms_per_day)} false alarms a day`}</p>
        <Calibration bins={forecast.calibration} />
      </div>
    </div>
  );
}

/** What is expected, and whether such expectations came true. */
export function ForecastPanel({ forecast }: { forecast: Forecast | null }) {
  return (
    <Panel title="Failure forecast" hint="Failure: more than 30% errors or a mean response time over 800 ms.">
      {forecast ? <Body forecast={forecast} /> : <Notice look="wait" title="No forecast yet" isSmall>It needs some hours of traffic with latencies or enough requests a minute.</Notice>}
    </Panel>
  );
}
