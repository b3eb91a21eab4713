import { featureLabel, formatFeature } from "./drivers";

const measured = /\b([a-z][a-z0-9]*(?:_[a-z0-9]+)*) (-?\d+(?:\.\d+)?) \(usually (-?\d+(?:\.\d+)?)\)/g;

/** An explanation with the features' own names and units: "refused_share 0.5 (usually 0)" becomes "refused 50% (usually 0%)". */
export function readable(explanation: string): string {
  return explanation.replaceAll(measured, (_, name: string, value: string, usual: string) => {
    const label = featureLabel(name);
    return `${label.charAt(0).toLowerCase()}${label.slice(1)} ${formatFeature(name, Number(value))} (usually ${formatFeature(name, Number(usual))})`;
  });
}
