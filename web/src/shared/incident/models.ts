import { humanize } from "@/shared/format/text";

const names: Record<string, string> = {
  one_class_svm: "One-class SVM",
  xgboost: "XGBoost-style trees",
  lightgbm: "LightGBM-style trees",
  gradient_boosting: "Gradient boosting",
  dense: "Dense network",
  lstm: "LSTM",
  kmeans: "k-means",
  dbscan: "DBSCAN",
};

/** A model's or detector's name for people. */
export function modelName(name: string): string {
  return Object.hasOwn(names, name) ? (names[name] ?? name) : humanize(name);
}

const measures: Record<string, string> = { auc: "AUC", f1: "F1" };

/** A metric's name for people. */
export function measureName(name: string): string {
  return Object.hasOwn(measures, name) ? (measures[name] ?? name) : humanize(name);
}
